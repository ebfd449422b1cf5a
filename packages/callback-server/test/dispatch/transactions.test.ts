import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';
import { testTransactions } from '../support/transaction-suite.ts';

const tables = `
  CREATE TABLE effects (callback text PRIMARY KEY, merchant text);
  CREATE TABLE notes (effect text REFERENCES effects DEFERRABLE INITIALLY DEFERRED)`;
const addDeferred = "INSERT INTO notes (effect) VALUES ('missing')";

testTransactions('SQLite', async () => {
  const path = temporaryDatabase();
  const databaseUrl = `sqlite:${path}`;
  await (await openStore(databaseUrl, { onFatal: () => {} })).close();
  const database = new DatabaseSync(path);
  database.exec(tables);
  database.close();
  return {
    databaseUrl,
    addDeferred,
    insert: 'INSERT INTO effects (callback, merchant) VALUES (?, ?)',
    effects: async () => {
      const reader = new DatabaseSync(path, { readOnly: true });
      const rows = reader.prepare('SELECT merchant FROM effects').all();
      reader.close();
      return rows.map(({ merchant }) => String(merchant));
    },
  };
});

/** One run takes a small part of a second. Callbacks wait only for the run that exceeds the limit of a second. */
const slow = `INSERT INTO effects (callback, merchant)
  WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
  SELECT ? || ?, max(n) FROM numbers`;

test('SQLite: slow statements of a handler are undone and fail the attempt, while callbacks are received', async () => {
  const path = temporaryDatabase();
  const databaseUrl = `sqlite:${path}`;
  await (await openStore(databaseUrl, { onFatal: () => {} })).close();
  const database = new DatabaseSync(path);
  database.exec(tables);
  database.close();
  const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [] }, ({ on }) => {
    on('accept', ({ id }, { transaction }) => {
      for (let number = 0; number < 1000; number++) transaction.run(slow, id, number);
    });
    on('reject', () => {});
  });
  await post('accept', callback('accept'));
  const others = Array.from({ length: 20 }, (_, number) =>
    post('reject', callback('reject', { id: `merchant-${number}` })),
  );
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual(others.map(() => 200));
  await eventually(async () => {
    const [accept] = await server.callbacks.list({ event: 'accept' });
    expect(accept?.deliveries[0]).toMatchObject({
      state: 'dead',
      attempts: [{ outcome: 'its transaction failed (TOO_SLOW)' }],
    });
  });
  const reader = new DatabaseSync(path, { readOnly: true });
  expect(reader.prepare('SELECT count(*) AS count FROM effects').get()).toEqual({ count: 0 });
  reader.close();
});

testTransactions('PostgreSQL', async () => {
  const databaseUrl = await createMigratedDatabase();
  await postgres.query(databaseUrl, tables);
  return {
    databaseUrl,
    addDeferred,
    insert: 'INSERT INTO effects (callback, merchant) VALUES ($1, $2)',
    effects: async () => {
      const rows = await postgres.query(databaseUrl, 'SELECT merchant FROM effects');
      return rows.map(({ merchant }) => String(merchant));
    },
  };
});

test.each<[string, string, string[], string]>([
  ['that lacks a value', 'SELECT $1::text || $2::text', ['one'], '08P01'],
  ['that PostgreSQL itself cannot run', 'SELECT fail()', [], 'XX000'],
])('PostgreSQL: a statement %s fails the attempt', async (_, text, values, code) => {
  const databaseUrl = await createMigratedDatabase();
  await postgres.query(
    databaseUrl,
    `CREATE FUNCTION fail() RETURNS void LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'canary' USING ERRCODE = 'XX000'; END $$`,
  );
  const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [] }, (server) =>
    server.on('accept', (_, { transaction }) => transaction.run(text, ...values)),
  );
  await post('accept', callback('accept'));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.attempts).toMatchObject([
      { outcome: `its transaction failed (${code})` },
    ]),
  );
});

test('PostgreSQL: a statement that exceeds statement_timeout fails the attempt', async () => {
  // Long enough for the server's own statements.
  const databaseUrl = `${await createMigratedDatabase()}?statement_timeout=5000`;
  const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [] }, (server) =>
    server.on('accept', (_, { transaction }) => transaction.run('SELECT pg_sleep(600)')),
  );
  await post('accept', callback('accept'));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.attempts).toMatchObject([
      { outcome: 'its transaction failed (57014)' },
    ]),
  );
});

test('PostgreSQL: statements that wait for a lock of the user do not delay the receiver', async () => {
  const databaseUrl = await createMigratedDatabase();
  await postgres.query(databaseUrl, tables);
  const { server, post } = await startServer(
    { databaseUrl, deliveryDelaysMs: Array(100).fill(1) },
    (server) =>
      server.on('accept', ({ id }, { transaction }) =>
        transaction.run('INSERT INTO effects (callback) VALUES ($1)', id),
      ),
  );
  const locking = new Client(databaseUrl);
  await locking.connect();
  onTestFinished(() => locking.end());
  await locking.query('BEGIN; LOCK TABLE effects');
  const merchants = Array.from({ length: 20 }, (_, index) => `merchant ${index}`);
  for (const id of merchants) expect((await post('accept', callback('accept', { id }))).status).toBe(200);
  await eventually(async () => {
    const waiting =
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    expect(Number((await postgres.query(databaseUrl, waiting))[0]?.['count'])).toBeGreaterThan(0);
  });
  for (const id of merchants)
    expect((await post('accept', callback('accept', { id, subStatus: 'later' }))).status).toBe(200);
  await locking.query('COMMIT');
  await eventually(async () =>
    expect((await server.callbacks.list({ delivery: { route: 'handler', state: 'open' } })).length).toBe(0),
  );
});

test('PostgreSQL: a setting that a statement changes does not outlive its transaction', async () => {
  const databaseUrl = await createMigratedDatabase();
  const { server, post } = await startServer({ databaseUrl, deliveryDelaysMs: [] }, (server) =>
    server.on('accept', (_, { transaction }) => {
      transaction.run("SELECT set_config('search_path', 'nowhere', false)");
      transaction.run("SELECT set_config('role', 'pg_monitor', false)");
      transaction.run('SELECT pg_advisory_lock(1)');
    }),
  );
  for (let index = 0; index < 20; index++) {
    await post('accept', callback('accept', { id: 'one', subStatus: `${index}` }));
    await eventually(async () =>
      expect((await server.callbacks.list({ limit: 1 }))[0]?.deliveries[0]?.state).toBe('taken'),
    );
  }
  // The session is reset after the commit.
  await eventually(async () => {
    const locks =
      "SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database WHERE datname = current_database() AND locktype = 'advisory'";
    expect(Number((await postgres.query(databaseUrl, locks))[0]?.['count'])).toBe(0);
  });
});
