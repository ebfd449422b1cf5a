import { onTestFinished } from 'vitest';
import { type OpenedStore, openStore } from '../../src/store/open-store.ts';
import { claim } from './claims.ts';
import { incoming, later } from './incoming-callbacks.ts';
import { createMigratedDatabase, postgres } from './shared-postgres.ts';

/** Who does the maintenance, in the audit. */
export const actor = 'a test';

/** Opens a database until the end of the test. Its leases end at once. */
export async function openPartitioned(url: string): Promise<OpenedStore> {
  const store = await openStore(url, {
    leaseMs: 1,
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(() => store.close());
  return store;
}

/** Creates a database with one partition, and opens it. */
export async function createPartitioned() {
  const url = await createMigratedDatabase();
  return { url, store: await openPartitioned(url) };
}

/** Names of the tables that hold callbacks, oldest first. */
export async function partitionsOf(url: string): Promise<unknown[]> {
  const rows = await postgres.query(
    url,
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'callbacks'::regclass ORDER BY inhrelid`,
  );
  return rows.map(({ name }) => name);
}

/** Stores a callback that arrives `ms` milliseconds after `start`. */
export function keepAt(store: OpenedStore, ms: number, merchant: string, number = 1, routes = ['handler']) {
  return store.keep({ ...incoming(merchant, number), receivedAt: later(ms) }, routes);
}

/** Takes every delivery that waits, and returns the ids of the callbacks in their order. */
export async function takeAll(store: OpenedStore): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const claims = await claim(store);
    if (claims.length === 0) return ids;
    ids.push(...claims.map(({ callbackId }) => callbackId));
    await store.settle(
      'handler',
      claims.map((each) => ({ claim: each, settlement: { state: 'taken' } })),
    );
  }
}

/** Stores three merchants' callbacks in each of three partitions, a millisecond apart, and returns their ids. */
export async function fillThree(store: OpenedStore): Promise<string[][]> {
  const ids: string[][] = [];
  for (const day of [0, 1, 2]) {
    if (day > 0) await store.maintenance.beginPartition(actor);
    const kept = [];
    for (const merchant of ['one', 'two', 'three']) kept.push(await keepAt(store, day, merchant, day));
    ids.push(kept.map(({ id }) => id));
  }
  return ids;
}
