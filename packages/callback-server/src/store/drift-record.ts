import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { DriftRow } from './engine/read-rows.ts';
import type { DriftRecord } from './engine/records.ts';

/** A callback can have very many violations, but a person reads few. */
const maxPerCallback = 20;

/** The distinct violations of a callback. Violations at different positions of a list count as one. */
export function driftRecords({ event, violations }: IncomingCallback, encryption: Encryption): DriftRecord[] {
  const byKind = new Map(violations.map((violation) => [kindOf(violation), violation]));
  return [...byKind].slice(0, maxPerCallback).map(([kind, { pointer, keyword, expected }]) => {
    const hash = encryption.digest(JSON.stringify([event, kind]));
    const details = Buffer.from(JSON.stringify({ pointer: anyPosition(pointer), keyword, expected }));
    return { hash, event, details: encryption.storeKey.encrypt(details, driftLabel(hash)) };
  });
}

/**
 * A kind of violation that callbacks show: when it was first and last seen, in how many callbacks, and in which last. Its
 * pointer has `*` for each position in a list. Contains no value of a callback.
 */
export type Drift = Omit<DriftRow, 'hash' | 'details'> & Violation;

/** Decrypts a kind of violation. One that cannot be decrypted is shown as unreadable, and hides no other. */
export function showDrift({ hash, details, ...row }: DriftRow, encryption: Encryption): Drift {
  try {
    const decrypted = encryption.storeKey.decrypt(details, driftLabel(hash));
    return { ...row, ...(JSON.parse(Buffer.from(decrypted).toString()) as Violation) };
  } catch {
    return { ...row, pointer: '', keyword: 'unreadable', expected: '' };
  }
}

function kindOf({ pointer, keyword }: Violation): string {
  return `${anyPosition(pointer)} ${keyword}`;
}

function anyPosition(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}

function driftLabel(hash: Uint8Array): string {
  return `drift ${Buffer.from(hash).toString('hex')}`;
}
