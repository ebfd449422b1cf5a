import { anyPosition, type Drift, type Violation } from '@partner-ecosystem/openapi/drift';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { DriftRow } from './engine/read-rows.ts';
import type { DriftRecord } from './engine/records.ts';

/** A callback can have very many violations, but a person reads few. */
const maxPerCallback = 20;

/** The distinct violations of a callback. Equal violations at different positions of a list count once. */
export function driftRecords({ event, violations }: IncomingCallback, encryption: Encryption): DriftRecord[] {
  const byKind = new Map(violations.map((violation) => [kindOf(violation), violation]));
  return [...byKind].slice(0, maxPerCallback).map(([kind, violation]) => {
    const hash = encryption.digest(JSON.stringify([event, kind]));
    const shown = { ...violation, pointer: anyPosition(violation.pointer) };
    const details = Buffer.from(JSON.stringify(shown));
    return { hash, event, details: encryption.storeKey.encrypt(details, driftLabel(hash)) };
  });
}

/**
 * A kind of violation that callbacks show: when it was first and last seen, in how many callbacks, and in which callback
 * it was last seen. Its pointer has `*` for each position in a list. Contains no value of a person.
 */
export type CountedDrift = Omit<DriftRow, 'hash' | 'event' | 'details'> & Drift;

/**
 * Decrypts a kind of violation. A kind that cannot be decrypted is shown as unreadable, and the other kinds are still
 * shown.
 */
export function showDrift({ hash, event, details, ...row }: DriftRow, encryption: Encryption): CountedDrift {
  const seen = { subject: event, side: 'callback', ...row } as const;
  try {
    const decrypted = encryption.storeKey.decrypt(details, driftLabel(hash));
    return { ...seen, ...(JSON.parse(Buffer.from(decrypted).toString()) as Violation) };
  } catch {
    return { ...seen, pointer: '', keyword: 'unreadable', expected: '' };
  }
}

function kindOf({ pointer, keyword, word = '' }: Violation): string {
  return `${anyPosition(pointer)} ${keyword} ${word}`.trimEnd();
}

function driftLabel(hash: Uint8Array): string {
  return `drift ${Buffer.from(hash).toString('hex')}`;
}
