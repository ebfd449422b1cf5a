import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { purge } from '../../src/maintenance/purge.ts';
import { claimOne } from '../support/claims.ts';
import { eventually } from '../support/eventually.ts';
import { incoming, later } from '../support/incoming-callbacks.ts';
import {
  actor,
  createPartitioned,
  fillThree,
  keepAt,
  openPartitioned,
  partitionsOf,
  takeAll,
} from '../support/partitions.ts';
import { postgres } from '../support/shared-postgres.ts';

/** Counts the rows of each table. */
async function rowsOf(url: string): Promise<unknown> {
  const [row] = await postgres.query(
    url,
    `SELECT (SELECT count(*) FROM hashes)::integer AS hashes, (SELECT count(*) FROM callbacks)::integer AS callbacks,
      (SELECT count(*) FROM receipts)::integer AS receipts, (SELECT count(*) FROM deliveries)::integer AS deliveries,
      (SELECT count(*) FROM attempts)::integer AS attempts`,
  );
  return row;
}

test('a purge drops a partition whose callbacks are all too old, with all that refers to them', async () => {
  const { url, store } = await createPartitioned();
  const [old = [], , young = []] = await fillThree(store);
  await takeAll(store);
  await store.maintenance.beginPartition(actor);
  expect(await purge(store.maintenance, { actor, callbacksBefore: later(2) })).toMatchObject({
    callbacks: 6,
  });
  expect(await partitionsOf(url)).toEqual(['callbacks_2', 'callbacks_3']);
  expect(await rowsOf(url)).toEqual({ hashes: 3, callbacks: 3, receipts: 3, deliveries: 3, attempts: 3 });
  expect((await store.list({})).map(({ id }) => id)).toEqual(young.toReversed());
  expect(await store.get(old[0] ?? '')).toBeUndefined();
  // The purged callback is forgotten, so its repeat is new.
  expect(await keepAt(store, 3, 'one', 0)).toMatchObject({ isNew: true });
});

test('a purge leaves a partition that has ended until all its callbacks are too old', async () => {
  const { url, store } = await createPartitioned();
  await keepAt(store, 0, 'one', 1, []);
  await keepAt(store, 5, 'two', 1, []);
  await store.maintenance.beginPartition(actor);
  await keepAt(store, 0, 'three', 1, []);
  await keepAt(store, 5, 'four', 1, []);
  // The newest partition may last for ever, so its callbacks are purged one by one.
  expect(await purge(store.maintenance, { actor, callbacksBefore: later(1) })).toMatchObject({
    callbacks: 1,
  });
  expect(await rowsOf(url)).toMatchObject({ callbacks: 3, hashes: 3 });
  expect(await purge(store.maintenance, { actor, callbacksBefore: later(6) })).toMatchObject({
    callbacks: 3,
  });
  expect(await partitionsOf(url)).toEqual(['callbacks_1']);
  expect(await rowsOf(url)).toMatchObject({ callbacks: 0, hashes: 0 });
});

test('a purge keeps a callback with an open delivery, and drops the rest of its partition one by one', async () => {
  const { url, store } = await createPartitioned();
  await keepAt(store, 0, 'one', 1, []);
  const { id } = await keepAt(store, 0, 'two');
  await store.maintenance.beginPartition(actor);
  expect(await purge(store.maintenance, { actor, callbacksBefore: later(1) })).toMatchObject({
    callbacks: 1,
  });
  expect(await partitionsOf(url)).toEqual(['callbacks_0', 'callbacks_1']);
  expect(await store.keep(incoming('two'), ['handler'])).toEqual({ id, isNew: false });
  expect((await claimOne(store)).callbackId).toBe(id);
});

test('a purge does not wait for a statement that takes long, and storing goes on', async () => {
  const { url, store } = await createPartitioned();
  await fillThree(store);
  await takeAll(store);
  const reader = new Client({ connectionString: url });
  await reader.connect();
  onTestFinished(() => reader.end());
  await reader.query('BEGIN; SELECT FROM callbacks');
  let isPurging = true;
  const purging = purge(store.maintenance, { actor, callbacksBefore: later(1) }).finally(() => {
    isPurging = false;
  });
  let sent = 0;
  while (isPurging) await keepAt(store, 2, `merchant ${sent}`, sent++, []);
  // Nothing could be dropped at once, so the callbacks were purged one by one.
  expect(await purging).toMatchObject({ callbacks: 3 });
  expect(await partitionsOf(url)).toHaveLength(3);
  expect((await store.list({ limit: 1_000_000 })).length).toBe(6 + sent);
});

test('a purge leaves a partition in which a delivery was opened meanwhile, and a repeat is not new', async () => {
  const { url, store } = await createPartitioned();
  const [[id = ''] = []] = await fillThree(store);
  await takeAll(store);
  const repeat = new Client({ connectionString: url });
  await repeat.connect();
  onTestFinished(() => repeat.end());
  // The purge has found that it may drop the partition, and waits for the hashes.
  await repeat.query('BEGIN; SELECT FROM hashes FOR UPDATE');
  const purging = purge(store.maintenance, { actor, callbacksBefore: later(1) });
  await eventually(async () => {
    const waiting = await postgres.query(
      url,
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(waiting).toHaveLength(1);
  });
  const request = { route: 'handler', states: ['taken'], id } as const;
  await store.maintenance.redeliver(request, { takesEvent: () => true }, actor);
  await repeat.query('COMMIT');
  expect(await purging).toMatchObject({ callbacks: 2 });
  expect(await partitionsOf(url)).toHaveLength(3);
  expect(await keepAt(store, 3, 'one', 0)).toEqual({ id, isNew: false });
  expect(await store.get(id)).toMatchObject({ seenCount: 2 });
});

test('a user that does not own the tables purges callbacks one by one, and may not begin a partition', async () => {
  const { url, store } = await createPartitioned();
  await fillThree(store);
  await takeAll(store);
  await postgres.query(
    url,
    `CREATE ROLE purger LOGIN PASSWORD 'not-a-real-password';
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO purger;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO purger`,
  );
  const theirs = await openPartitioned(url.replace('postgres:not', 'purger:not'));
  await expect(theirs.maintenance.beginPartition(actor)).rejects.toThrow('partition` as the owner');
  expect(await purge(theirs.maintenance, { actor, callbacksBefore: later(2) })).toMatchObject({
    callbacks: 6,
  });
  expect(await partitionsOf(url)).toHaveLength(3);
  expect(await rowsOf(url)).toMatchObject({ callbacks: 3, hashes: 3 });
});

test('two purges at the same time drop a partition once, and neither fails', async () => {
  const { url, store } = await createPartitioned();
  await fillThree(store);
  await takeAll(store);
  await store.maintenance.beginPartition(actor);
  const stores = [store, ...(await Promise.all([1, 2, 3].map(() => openPartitioned(url))))];
  await Promise.all(stores.map((each) => purge(each.maintenance, { actor, callbacksBefore: later(2) })));
  expect(await partitionsOf(url)).toEqual(['callbacks_2', 'callbacks_3']);
  expect(await store.list({})).toHaveLength(3);
});
