import { createDerive, type Derive } from './derive.ts';

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

const digest = createDerive('password');

/**
 * Hashes a password, so that the state can compare passwords without storing them. The hash is safe for a sandbox
 * only. The hash is the same for every seed, because a snapshot can move to a sandbox with another seed.
 */
export function passwordDigest(partnerId: string, password: string): string {
  return digest(`${partnerId} ${password}`);
}

/**
 * Makes the number of a stored file. The numbers of a sandbox follow each other, and each seed has a range of its own.
 *
 * @param ordinal - Counts the files of the sandbox from 1.
 */
export function fileNumber({ derive }: Pick<Source, 'derive'>, ordinal: number): number {
  return 10_000_000 + Number.parseInt(derive('files').slice(0, 12), 16) + ordinal;
}
