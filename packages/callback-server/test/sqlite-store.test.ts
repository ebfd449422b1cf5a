import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStore } from '../src/store/open-store.ts';
import type { StoreOptions } from '../src/store/store-options.ts';
import { masterKeys } from './master-keys.ts';
import { temporaryDatabase } from './running-server.ts';
import { type Open, testStore } from './store-suite.ts';
import { testUpkeep } from './upkeep-suite.ts';

async function clear(): Promise<Open> {
  const path = temporaryDatabase();
  return (options) => openSqliteStore(path, options);
}
testStore('SQLite', clear);
testUpkeep('SQLite', clear);

async function sealed(): Promise<Open> {
  const path = temporaryDatabase();
  return (options) => openSqliteStore(path, { masterKeys, ...options });
}
testStore('SQLite, sealed', sealed);
testUpkeep('SQLite, sealed', sealed);

function openSqliteStore(path: string, options: Partial<StoreOptions> = {}) {
  return openStore(`sqlite:${path}`, {
    onFatal: (error) => {
      throw error;
    },
    ...options,
  });
}

test('makes a database that no other user of the machine can read', async () => {
  const path = temporaryDatabase();
  const store = await openSqliteStore(path);
  expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o077)).toEqual([0, 0]);
  await store.close();
});

test('refuses a database of a newer version, and leaves it as it is', async () => {
  const path = temporaryDatabase();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 1000');
  newer.close();
  await expect(openSqliteStore(path)).rejects.toThrow('schema 1000');
  const after = new DatabaseSync(path);
  expect(after.prepare('SELECT count(*) AS count FROM sqlite_schema').get()).toEqual({ count: 0 });
  after.close();
});
