import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { Drift } from './callback-store.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { DriftRecord, DriftRow } from './engine/rows.ts';

/** One callback can break the contract in very many places, and a person reads few. */
const maxPerCallback = 20;

/** The ways in which a callback departs from the contract, each once. */
export function driftRecords({ event, violations }: IncomingCallback, encryption: Encryption): DriftRecord[] {
  const ways = new Map(violations.map((violation) => [wayOf(violation), violation]));
  return [...ways].slice(0, maxPerCallback).map(([way, { pointer, keyword, expected }]) => {
    const hash = encryption.digest(JSON.stringify([event, way]));
    const details = Buffer.from(JSON.stringify({ pointer: anyPosition(pointer), keyword, expected }));
    return { hash, event, details: encryption.storeKey.encrypt(details, labelOf(hash)) };
  });
}

export function readDrift({ hash, details, ...row }: DriftRow, encryption: Encryption): Drift {
  const opened = encryption.storeKey.decrypt(details, labelOf(hash));
  return { ...row, ...(JSON.parse(Buffer.from(opened).toString()) as Violation) };
}

function wayOf({ pointer, keyword }: Violation): string {
  return `${anyPosition(pointer)} ${keyword}`;
}

function anyPosition(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}

function labelOf(hash: Uint8Array): string {
  return `drift ${Buffer.from(hash).toString('hex')}`;
}
