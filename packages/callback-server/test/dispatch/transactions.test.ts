import { DatabaseSync } from 'node:sqlite';
import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { afterAll, beforeAll } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { testTransactions } from '../support/transaction-suite.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.remove());

const table = 'CREATE TABLE effects (callback text PRIMARY KEY, merchant text)';

testTransactions('SQLite', async () => {
  const path = temporaryDatabase();
  const databaseUrl = `sqlite:${path}`;
  await (await openStore(databaseUrl, { onFatal: () => {} })).close();
  const database = new DatabaseSync(path);
  database.exec(table);
  database.close();
  return {
    databaseUrl,
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
  await cluster.query(databaseUrl, table);
  return {
    databaseUrl,
    insert: 'INSERT INTO effects (callback, merchant) VALUES ($1, $2)',
    effects: async () => {
      const rows = await cluster.query(databaseUrl, 'SELECT merchant FROM effects');
      return rows.map(({ merchant }) => String(merchant));
    },
  };
});
