import { existsSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { StoreOptions } from '../../src/store/engine/store-options.ts';
import { openStore } from '../../src/store/open-store.ts';
import { networkFileSystem } from '../../src/store/sqlite/network-file-system.ts';
import { losesCommits } from '../../src/store/sqlite/open-sqlite.ts';
import { faultOf, SqliteError } from '../../src/store/sqlite/sqlite-error.ts';
import { testClaims } from '../support/claim-suite.ts';
import { claim } from '../support/claims.ts';
import { testConfirmations } from '../support/confirmation-suite.ts';
import { testInbox } from '../support/inbox-suite.ts';
import { incoming, later, start } from '../support/incoming-callbacks.ts';
import { testMaintenance } from '../support/maintenance-suite.ts';
import { masterKeys } from '../support/master-keys.ts';
import { testMerchants } from '../support/merchant-suite.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { type Open, testStore } from '../support/store-suite.ts';

async function plaintext(): Promise<Open> {
  const path = temporaryDatabase();
  return (options) => openSqliteStore(path, options);
}
testStore('SQLite', plaintext);
testClaims('SQLite', plaintext);
testMaintenance('SQLite', plaintext);
testConfirmations('SQLite', plaintext);
testMerchants('SQLite', plaintext);
testInbox('SQLite', plaintext);

async function encrypted(): Promise<Open> {
  const path = temporaryDatabase();
  return (options) => openSqliteStore(path, { masterKeys, ...options });
}
testStore('SQLite, encrypted', encrypted);
testClaims('SQLite, encrypted', encrypted);
testMaintenance('SQLite, encrypted', encrypted);
testConfirmations('SQLite, encrypted', encrypted);
testMerchants('SQLite, encrypted', encrypted);
testInbox('SQLite, encrypted', encrypted);

function openSqliteStore(path: string, options: Partial<StoreOptions> = {}) {
  return openStore(`sqlite:${path}`, {
    onFatal: (error) => {
      throw error;
    },
    ...options,
  });
}

test('other users of the machine cannot read the database', async () => {
  const path = temporaryDatabase();
  const store = await openSqliteStore(path);
  expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o077)).toEqual([0, 0]);
  await store.close();
});

// When a statement changes many pages, SQLite can write the old pages to a temporary file without a name.
test.runIf(process.platform === 'linux')('SQLite writes no temporary file', async () => {
  const store = await openSqliteStore(temporaryDatabase());
  await store.keep({ ...incoming('one'), body: new Uint8Array(256 * 1024) }, []);
  for await (const _ of store.maintenance.dropCallbacks(new Date(), () => {}));
  const open = readdirSync('/proc/self/fd').map((name) => linkOf(`/proc/self/fd/${name}`));
  expect(open.filter((file) => file.includes('etilqs'))).toEqual([]);
  await store.close();
});

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // The descriptor of the listing itself is closed by now.
    return '';
  }
}

test('every probe writes its time', async () => {
  const path = temporaryDatabase();
  const store = await openSqliteStore(path);
  await store.probe(start);
  await store.probe(later(1));
  await store.close();
  const database = new DatabaseSync(path);
  expect(database.prepare('SELECT written_at FROM probe').all()).toEqual([{ written_at: Number(later(1)) }]);
  database.close();
});

test('openStore refuses a file that another store of this process holds', async () => {
  const path = temporaryDatabase();
  const store = await openSqliteStore(path);
  await expect(openSqliteStore(path)).rejects.toThrow('Stop that process first');
  await store.close();
  await (await openSqliteStore(path)).close();
});

test.each([
  ['3.6.23', false],
  ['3.7.0', true],
  ['3.44.5', true],
  ['3.44.6', false],
  ['3.50.6', true],
  ['3.50.7', false],
  ['3.51.2', true],
  ['3.51.3', false],
  ['3.53.4', false],
])('whether SQLite %s can lose commits when it resets its log: %s', (version, loses) => {
  expect(losesCommits(version)).toBe(loses);
});

test.each([
  ['NFS', 0x6969],
  ['CIFS', 0xff534d42],
  ['CIFS', 0xff534d42 | 0],
  ['FUSE', 0x65735546],
  [undefined, 0xef53],
  [undefined, 0x01021994],
])('networkFileSystem recognises %s by its file system type %i', (name, type) => {
  expect(networkFileSystem(type)).toBe(name);
});

test.each([
  ['a disk that is full', 13, 'store'],
  ['a database that is busy', 5, 'store'],
  ['a failed flush', 1034, 'fatal'],
  ['a failed write', 778, 'fatal'],
  ['a damaged file', 11, 'fatal'],
  ['a file that became read-only', 8, 'fatal'],
  ['a full disk, which has no room for the index of the log', 4874, 'store'],
  ['a row that breaks a rule', 1299, 'row'],
  ['an error that is not SQLite’s', undefined, 'row'],
])('%s (%s) is a fault of kind %s', (_, errcode, fault) => {
  expect(faultOf(new SqliteError({ message: '', ...(errcode !== undefined && { errcode }) }))).toBe(fault);
});

test('the write-ahead log stays small under load, and closing deletes it', async () => {
  const path = temporaryDatabase();
  const store = await openSqliteStore(path);
  const body = Buffer.alloc(100_000, 'x');
  let largest = 0;
  for (let round = 0; round < 10; round++) {
    const keys = Array.from({ length: 50 }, (_, index) => `${round}-${index}`);
    await Promise.all(keys.map((dedupKey) => store.keep({ ...incoming('one'), body, dedupKey }, [])));
    largest = Math.max(largest, statSync(`${path}-wal`).size);
  }
  expect(largest).toBeLessThan(32 * 2 ** 20);
  await store.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test('openStore refuses a database with a newer schema, and does not change it', async () => {
  const path = temporaryDatabase();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 1000');
  newer.close();
  await expect(openSqliteStore(path)).rejects.toThrow('schema 1000');
  const after = new DatabaseSync(path);
  expect(after.prepare('SELECT count(*) AS count FROM sqlite_schema').get()).toEqual({ count: 0 });
  after.close();
});

test('a line without an open delivery keeps no other merchant from its claim', async () => {
  const path = temporaryDatabase();
  const first = await openSqliteStore(path);
  await first.keep(incoming('empty'), ['handler']);
  await first.keep(incoming('sound'), ['handler']);
  await first.close();
  const database = new DatabaseSync(path);
  database.exec("UPDATE deliveries SET state = 'taken' WHERE order_key = 'empty'");
  database.close();
  const second = await openSqliteStore(path);
  expect((await claim(second)).map(({ orderKey }) => orderKey)).toEqual(['sound']);
  expect(await second.countOpen('handler')).toBe(1);
  await second.close();
});

test('the first list after the database was deleted fails, and creates no database in its place', async () => {
  const path = temporaryDatabase();
  const store = await openStore(`sqlite:${path}`, { onFatal: () => {} });
  rmSync(path);
  await expect(store.list({})).rejects.toThrow();
  expect(existsSync(path)).toBe(false);
  await store.close().catch(() => {});
});

const hour = 3_600_000;

test.each([
  ['an hour ahead', hour],
  ['ten years ahead', 87_600 * hour],
  ['a day back', -24 * hour],
  ['ten years back', -87_600 * hour],
])('a merchant whose times were set by a clock that was %s is checked in time', async (_, aheadMs) => {
  const path = temporaryDatabase();
  const before = await openSqliteStore(path);
  await before.merchants.expect([{ merchantId: 'one', realmId: 'realm' }], true, hour);
  await before.close();
  const database = new DatabaseSync(path);
  database.exec(`UPDATE merchants SET (set_at, due_at, next_at, expected_at) =
    (set_at + ${aheadMs}, due_at + ${aheadMs}, next_at + ${aheadMs}, expected_at + ${aheadMs})`);
  database.close();
  const { merchants, close } = await openSqliteStore(path);
  await merchants.correctMerchants();
  const [known] = await merchants.listMerchants({});
  // After a clock that was ahead, the hour starts again. After a clock that was behind, the merchant is due.
  expect(Number(known?.nextAt) - Date.now()).toBeLessThanOrEqual(aheadMs > 0 ? hour : 0);
  expect(Number(known?.nextAt) - Date.now() > 0).toBe(aheadMs > 0);
  await close();
});
