import type { Derive } from './derive.ts';

interface Source {
  readonly now: number;
  readonly derive: Derive;
}

/** Makes an id in the platform's format: the second of creation as 8 hexadecimal digits, then 16 more digits. */
export function objectId({ now, derive }: Source, key: string): string {
  const second = (Math.floor(now / 1000) >>> 0).toString(16).padStart(8, '0');
  return second + derive(key).slice(0, 16);
}

/** Makes a token in the platform's format. Anyone who knows the seed can predict the token: use it in a sandbox only. */
export function accessToken({ derive }: Source, key: string): string {
  return `ey${derive(`head ${key}`)}.${derive(`tail ${key}`)}`;
}

/** Hashes a password, so that the state can compare passwords without storing them. Safe for a sandbox only. */
export function passwordDigest({ derive }: Source, partnerId: string, password: string): string {
  return derive(`password ${partnerId} ${password}`);
}
