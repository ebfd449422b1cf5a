import { DatabaseSync } from 'node:sqlite';
import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';
import { testTransactions } from '../support/transaction-suite.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.remove());

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

testTransactions('PostgreSQL', async () => {
  const databaseUrl = await cluster.createDatabase();
  await cluster.query(databaseUrl, tables);
  return {
    databaseUrl,
    addDeferred,
    insert: 'INSERT INTO effects (callback, merchant) VALUES ($1, $2)',
    effects: async () => {
      const rows = await cluster.query(databaseUrl, 'SELECT merchant FROM effects');
      return rows.map(({ merchant }) => String(merchant));
    },
  };
});

test('PostgreSQL: a statement that exceeds statement_timeout fails the attempt', async () => {
  const databaseUrl = `${await cluster.createDatabase()}?statement_timeout=1000`;
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
