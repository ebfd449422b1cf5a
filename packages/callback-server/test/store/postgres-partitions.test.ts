import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { purge } from '../../src/maintenance/purge.ts';
import { migrationFiles } from '../../src/store/engine/migration-files.ts';
import { type OpenedStore, openStore } from '../../src/store/open-store.ts';
import { migratePostgres } from '../../src/store/postgres/migrate-postgres.ts';
import { claim, claimOne } from '../support/claims.ts';
import { eventually } from '../support/eventually.ts';
import { incoming, later } from '../support/incoming-callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';

const actor = 'a test';

async function open(url: string): Promise<OpenedStore> {
  const store = await openStore(url, {
    leaseMs: 1,
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(() => store.close());
  return store;
}

async function opened() {
  const url = await createMigratedDatabase();
  return { url, store: await open(url) };
}

/** Names of the tables that hold callbacks, oldest first. */
async function partitionsOf(url: string): Promise<unknown[]> {
  const rows = await postgres.query(
    url,
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'callbacks'::regclass ORDER BY inhrelid`,
  );
  return rows.map(({ name }) => name);
}

/** Numbers of the rows that the tables hold. */
async function rowsOf(url: string): Promise<unknown> {
  const [row] = await postgres.query(
    url,
    `SELECT (SELECT count(*) FROM hashes)::integer AS hashes, (SELECT count(*) FROM callbacks)::integer AS callbacks,
      (SELECT count(*) FROM receipts)::integer AS receipts, (SELECT count(*) FROM deliveries)::integer AS deliveries,
      (SELECT count(*) FROM attempts)::integer AS attempts`,
  );
  return row;
}

async function indexesOf(url: string, table: string): Promise<number> {
  const rows = await postgres.query(url, `SELECT FROM pg_index WHERE indrelid = '${table}'::regclass`);
  return rows.length;
}

function keepAt(store: OpenedStore, ms: number, merchant: string, number = 1, routes = ['handler']) {
  return store.keep({ ...incoming(merchant, number), receivedAt: later(ms) }, routes);
}

async function takeAll(store: OpenedStore): Promise<string[]> {
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

/** Stores three merchants' callbacks in each of three partitions, a day apart, and returns their ids. */
async function fillThree(store: OpenedStore): Promise<string[][]> {
  const ids: string[][] = [];
  for (const day of [0, 1, 2]) {
    if (day > 0) await store.maintenance.beginPartition(actor);
    const kept = [];
    for (const merchant of ['one', 'two', 'three']) kept.push(await keepAt(store, day, merchant, day));
    ids.push(kept.map(({ id }) => id));
  }
  return ids;
}

test('callbacks of all partitions are found, in the order in which they arrived', async () => {
  const { url, store } = await opened();
  const ids = await fillThree(store);
  expect(await partitionsOf(url)).toEqual(['callbacks_0', 'callbacks_1', 'callbacks_2']);
  const newestFirst = ids.flat().toReversed();
  const listed = async (filter: Parameters<OpenedStore['list']>[0]) =>
    (await store.list(filter)).map(({ id }) => id);
  expect(await listed({})).toEqual(newestFirst);
  expect(await listed({ limit: 4, before: newestFirst[3] ?? '' })).toEqual(newestFirst.slice(4, 8));
  expect(await listed({ merchantId: 'two' })).toEqual(ids.map(([, two]) => two).toReversed());
  expect(await listed({ event: 'accept', verdict: 'valid' })).toEqual(newestFirst);
  expect(await listed({ delivery: { route: 'handler', state: 'open' } })).toEqual(newestFirst);
  expect(await listed({ receivedFrom: later(1), receivedUntil: later(2) })).toEqual(ids[1]?.toReversed());
  for (const id of ids.flat()) expect(await store.get(id)).toMatchObject({ id, seenCount: 1 });
  const verified = { callbacks: 9, problems: 0 };
  expect(await store.maintenance.verify(() => expect.unreachable())).toMatchObject(verified);
});

test('a case is found in every partition', async () => {
  const { store } = await opened();
  for (const number of [0, 1, 2]) {
    if (number > 0) await store.maintenance.beginPartition(actor);
    await store.keep({ ...incoming('one', number), signzyAppId: 'EXAMPLE-CASE' }, []);
    await store.keep({ ...incoming('two', number), signzyAppId: 'EXAMPLE-OTHER' }, []);
  }
  expect(await store.list({ signzyAppId: 'EXAMPLE-CASE' })).toHaveLength(3);
});

test('the callbacks of a merchant are taken in their order over all partitions', async () => {
  const { store } = await opened();
  const ids = await fillThree(store);
  expect((await takeAll(store)).toSorted()).toEqual(ids.flat().toSorted());
  const { store: other } = await opened();
  const ofOne: string[] = [];
  for (const number of [0, 1, 2, 3]) {
    ofOne.push((await keepAt(other, number, 'one', number)).id);
    await other.maintenance.beginPartition(actor);
  }
  expect(await takeAll(other)).toEqual(ofOne);
});

test('a repeat of a callback in another partition is not new, and is counted', async () => {
  const { store } = await opened();
  const { id } = await keepAt(store, 0, 'one');
  await store.maintenance.beginPartition(actor);
  const repeats = Array.from({ length: 20 }, () => keepAt(store, 1, 'one'));
  expect(await Promise.all(repeats)).toEqual(Array(20).fill({ id, isNew: false }));
  expect(await store.list({})).toMatchObject([{ id, seenCount: 21 }]);
});

test('a partition begins only if the newest partition holds a callback', async () => {
  const { url, store } = await opened();
  expect(await store.maintenance.beginPartition(actor)).toBe(1);
  await keepAt(store, 0, 'one');
  expect(await store.maintenance.beginPartition(actor)).toBe(2);
  expect(await store.maintenance.beginPartition(actor)).toBe(2);
  expect(await partitionsOf(url)).toEqual(['callbacks_0', 'callbacks_1']);
  expect(await store.maintenance.auditTrail(1)).toMatchObject([{ actor, action: 'partition' }]);
});

test('a partition whose beginning was interrupted begins with the next call', async () => {
  const { url, store } = await opened();
  await keepAt(store, 0, 'one');
  await store.maintenance.beginPartition(actor);
  // As if the process had ended after it created the tables.
  await postgres.query(url, `SELECT setval('callback_sequence', 1)`);
  await keepAt(store, 1, 'two');
  expect(await postgres.query(url, 'SELECT FROM callbacks_1')).toEqual([]);
  await store.maintenance.beginPartition(actor);
  await keepAt(store, 2, 'three');
  expect(await postgres.query(url, 'SELECT FROM callbacks_1')).toHaveLength(1);
});

test('callbacks that arrive while partitions begin are all stored', async () => {
  const { store } = await opened();
  let isBeginning = true;
  let sent = 0;
  const send = async () => {
    while (isBeginning) await store.keep(incoming(`merchant ${sent}`, sent++), ['handler']);
  };
  const sending = Array.from({ length: 8 }, send);
  for (let count = 0; count < 10; count++) await store.maintenance.beginPartition(actor);
  isBeginning = false;
  await Promise.all(sending);
  expect(await store.maintenance.verify(() => expect.unreachable())).toMatchObject({ callbacks: sent });
  expect(await takeAll(store)).toHaveLength(sent);
});

test('a purge drops a partition whose callbacks are all too old, with all that refers to them', async () => {
  const { url, store } = await opened();
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
  // Nobody remembers the old one.
  expect(await keepAt(store, 3, 'one', 0)).toMatchObject({ isNew: true });
});

test('a purge leaves a partition that has ended until all its callbacks are too old', async () => {
  const { url, store } = await opened();
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

test('a purge keeps what has an open delivery, and drops the rest of its partition one by one', async () => {
  const { url, store } = await opened();
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
  const { url, store } = await opened();
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
  const { url, store } = await opened();
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
  const { url, store } = await opened();
  await fillThree(store);
  await takeAll(store);
  await postgres.query(
    url,
    `CREATE ROLE purger LOGIN PASSWORD 'not-a-real-password';
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO purger;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO purger`,
  );
  const theirs = await open(url.replace('postgres:not', 'purger:not'));
  await expect(theirs.maintenance.beginPartition(actor)).rejects.toThrow('partition` as the owner');
  expect(await purge(theirs.maintenance, { actor, callbacksBefore: later(2) })).toMatchObject({
    callbacks: 6,
  });
  expect(await partitionsOf(url)).toHaveLength(3);
  expect(await rowsOf(url)).toMatchObject({ callbacks: 3, hashes: 3 });
});

test('the number of partitions is limited', async () => {
  const { store } = await opened();
  for (let count = 1; count < 20; count++) {
    await keepAt(store, count, 'one', count, []);
    expect(await store.maintenance.beginPartition(actor)).toBe(count + 1);
  }
  await keepAt(store, 20, 'one', 20, []);
  await expect(store.maintenance.beginPartition(actor)).rejects.toThrow(/has 20 partitions.*purge/);
  expect(await keepAt(store, 21, 'one', 21, [])).toMatchObject({ isNew: true });
});

test('the migration keeps everything that is stored, and repeats of it are found', async () => {
  const url = await postgres.createDatabase();
  const migrations = migrationFiles('postgres');
  const version = migrations.findIndex((text) => text.includes('ATTACH PARTITION'));
  for (const text of migrations.slice(0, version)) await postgres.query(url, text);
  await postgres.query(url, `CREATE TABLE schema_version AS SELECT ${version} AS version`);
  // What the former version would have stored.
  const { url: modelUrl, store: model } = await opened();
  const { id } = await keepAt(model, 0, 'one');
  const tables = ['callbacks', 'receipts', 'deliveries', 'lines'];
  for (const table of tables) {
    const [{ rows }] = (await postgres.query(
      modelUrl,
      `SELECT json_agg(${table}) AS rows FROM ${table}`,
    )) as [{ rows: object }];
    const overriding = table === 'receipts' ? 'OVERRIDING SYSTEM VALUE' : '';
    const columns = Object.keys((rows as object[])[0] ?? {}).join(', ');
    await postgres.query(
      url,
      `INSERT INTO ${table} (${columns}) ${overriding}
      SELECT ${columns} FROM json_populate_recordset(null::${table}, '${JSON.stringify(rows).replaceAll("'", "''")}')`,
    );
  }
  await postgres.query(url, `UPDATE callbacks SET seen_count = 3; SELECT nextval('callback_sequence')`);
  await migratePostgres(url);
  // The migration has kept the indexes, and created none again. Each partition also has the one of its ids.
  for (const [table, more] of [
    ['callbacks', 1],
    ['receipts', 1],
    ['deliveries', 0],
    ['attempts', 0],
  ] as const)
    expect(await indexesOf(url, `${table}_0`), table).toBe((await indexesOf(url, table)) + more);

  const store = await open(url);
  expect(await store.get(id)).toMatchObject({ id, merchantId: 'one', seenCount: 3, receivedAt: later(0) });
  expect(await keepAt(store, 1, 'one')).toEqual({ id, isNew: false });
  expect((await store.get(id))?.receipts).toHaveLength(2);
  await store.maintenance.beginPartition(actor);
  expect(await keepAt(store, 2, 'one')).toEqual({ id, isNew: false });
  expect(await takeAll(store)).toEqual([id]);
  expect(await purge(store.maintenance, { actor, callbacksBefore: later(3) })).toMatchObject({
    callbacks: 1,
  });
  expect(await partitionsOf(url)).toEqual(['callbacks_1']);
});

test('the command begins a partition, and says so', async () => {
  const { url, store } = await opened();
  await keepAt(store, 0, 'one');
  const command = runInProcess(['partition'], { DATABASE_URL: url });
  expect([await command.exit, command.output()]).toEqual([0, 'Partitions: 2.\n']);
});

test('the command refuses SQLite, which has no partitions', async () => {
  const DATABASE_URL = `sqlite:${temporaryDatabase()}`;
  expect(await runInProcess(['migrate'], { DATABASE_URL }).exit).toBe(0);
  const command = runInProcess(['partition'], { DATABASE_URL });
  expect([await command.exit, command.output()]).toEqual([2, expect.stringContaining('has no partitions')]);
});

test('two purges at the same time drop a partition once, and neither fails', async () => {
  const { url, store } = await opened();
  await fillThree(store);
  await takeAll(store);
  await store.maintenance.beginPartition(actor);
  const stores = [store, ...(await Promise.all([1, 2, 3].map(() => open(url))))];
  await Promise.all(stores.map((each) => purge(each.maintenance, { actor, callbacksBefore: later(2) })));
  expect(await partitionsOf(url)).toEqual(['callbacks_2', 'callbacks_3']);
  expect(await store.list({})).toHaveLength(3);
});
