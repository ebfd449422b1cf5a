import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { Drift } from './callback-store.ts';
import type { Vault } from './encryption/encryption.ts';
import type { DriftRecord, DriftRow } from './engine/rows.ts';

/** One callback can break the contract in very many places, and a person reads few. */
const mostOfOne = 20;

/** The ways in which a callback departs from the contract, each once. */
export function driftRecords({ event, violations }: IncomingCallback, vault: Vault): DriftRecord[] {
  const ways = new Map(violations.map((violation) => [wayOf(violation), violation]));
  return [...ways].slice(0, mostOfOne).map(([way, { pointer, keyword, expected }]) => {
    const hash = vault.digest(JSON.stringify([event, way]));
    const details = Buffer.from(JSON.stringify({ pointer: anyPosition(pointer), keyword, expected }));
    return { hash, event, details: vault.own.seal(details, labelOf(hash)) };
  });
}

export function readDrift({ hash, details, ...row }: DriftRow, vault: Vault): Drift {
  const opened = vault.own.open(details, labelOf(hash));
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
