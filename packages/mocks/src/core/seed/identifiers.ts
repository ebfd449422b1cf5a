import type { Derive } from './derive.ts';

/** What ids are made from. */
interface Source {
  readonly now: number;
  readonly derive: Derive;
}

/** An id as the platform makes them: the second of creation in 8 hexadecimal digits, then 16 more. */
export function objectId(env: Source, key: string): string {
  const second = (Math.floor(env.now / 1000) >>> 0).toString(16).padStart(8, '0');
  return second + env.derive(key).slice(0, 16);
}

/** A login name as the platform makes them. */
export function generatedUsername(env: Source, key: string): string {
  return env.derive(`username ${key}`).slice(0, 8);
}

/** A token in the platform's shape. Whoever knows the seed can tell it in advance: good enough for a sandbox only. */
export function accessToken(env: Source, key: string): string {
  return `ey${env.derive(`head ${key}`)}.${env.derive(`tail ${key}`)}`;
}
