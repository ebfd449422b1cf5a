import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  linkSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { callback, token } from '../support/callbacks.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { run, serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

function post(url: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${url}/callbacks/${token}/accept`, {
    method: 'POST',
    body: callback('accept'),
    headers,
  }).then(
    ({ status }) => status,
    // The server has ended.
    () => 0,
  );
}

function replace(path: string): void {
  copyFileSync(path, `${path}.other`);
  renameSync(`${path}.other`, path);
}

function replaceByLink(path: string): void {
  renameSync(path, `${path}.renamed`);
  symlinkSync('/dev/null', path);
}

test.each<[string, (path: string) => void, string]>([
  ['the database is deleted', (path) => rmSync(path), 'MISSING'],
  ['the database is renamed', (path) => renameSync(path, `${path}.renamed`), 'MISSING'],
  ['its folder is renamed', (path) => renameSync(dirname(path), `${dirname(path)}.renamed`), 'MISSING'],
  ['the database is replaced', replace, 'REPLACED'],
  ['the database is replaced by a link', replaceByLink, 'REPLACED'],
  ['the database is truncated', (path) => truncateSync(path), 'TRUNCATED'],
  ['another program writes the database', (path) => appendFileSync(path, 'x'), 'CHANGED'],
  ['the database is made read-only', (path) => chmodSync(path, 0o400), 'READ_ONLY'],
  ['the write-ahead log is deleted', (path) => rmSync(`${path}-wal`), 'MISSING'],
  ['the write-ahead log is replaced', (path) => replace(`${path}-wal`), 'REPLACED'],
  ['the write-ahead log is truncated', (path) => truncateSync(`${path}-wal`), 'TRUNCATED'],
  ['the index of the write-ahead log is deleted', (path) => rmSync(`${path}-shm`), 'MISSING'],
  ['the lock is deleted', (path) => rmSync(`${path}-lock`), 'MISSING'],
])('the server ends and says why, when %s', async (_, change, fault) => {
  const path = temporaryDatabase();
  onTestFinished(() => rmSync(`${dirname(path)}.renamed`, { recursive: true, force: true }));
  const server = await serve(path);
  expect(await post(server.url)).toBe(200);
  change(path);
  let status = 200;
  while (status !== 0) status = await post(server.url);
  expect(await server.exit).toBe(74);
  expect(server.output()).toContain(`"code":"STORE_FILE_${fault}"`);
});

test('the server also ends, without a callback, when its database is deleted', async () => {
  const path = temporaryDatabase();
  const server = await serve(path);
  rmSync(path);
  expect(await server.exit).toBe(74);
});

test('a start does not apply the old write-ahead log to a database that replaced the old database', async () => {
  const path = temporaryDatabase();
  const first = await serve(path);
  await post(first.url);
  const other = temporaryDatabase();
  await run(['migrate'], { DATABASE_URL: `sqlite:${other}` }).exit;
  copyFileSync(other, `${path}.other`);
  renameSync(`${path}.other`, path);
  expect(await first.exit).toBe(74);
  const second = await serve(path);
  expect(await fetch(`${second.adminUrl}/callbacks`).then((response) => response.json())).toEqual([]);
  expect(readdirSync(dirname(path)).join()).toMatch(/callbacks\.db-wal-of-replaced-\d+/);
});

test('a start without the database, but with its write-ahead log, is refused', async () => {
  const path = temporaryDatabase();
  const first = await serve(path);
  await post(first.url);
  first.process.kill('SIGKILL');
  await first.exit;
  rmSync(path);
  const second = run(['serve'], { DATABASE_URL: `sqlite:${path}`, CALLBACK_TOKENS: token });
  expect(await second.exit).toBe(2);
  expect(second.output()).toContain(`its write-ahead log ${path}-wal exists`);
});

test('a second server is refused while the first holds a file that was replaced', async () => {
  const path = temporaryDatabase();
  const faults: unknown[] = [];
  const open = () => openStore(`sqlite:${path}`, { onFatal: (error) => faults.push(error) });
  const store = await open();
  replace(path);
  await expect(store.keep(incoming('one'), [])).rejects.toThrow('was replaced by another file');
  expect(faults).toHaveLength(1);
  await expect(open()).rejects.toThrow('Another process has');
  await store.close();
  await (await open()).close();
});

test('a second server that uses another name of the file is refused', async () => {
  const path = temporaryDatabase();
  const folder = dirname(path);
  await serve(path);
  symlinkSync(path, `${folder}/link.db`);
  const byLink = run(['serve'], { DATABASE_URL: `sqlite:${folder}/link.db`, CALLBACK_TOKENS: token });
  expect(await byLink.exit).toBe(2);
  expect(byLink.output()).toContain('Another process has');
  linkSync(path, `${folder}/hard.db`);
  const byHardLink = run(['serve'], { DATABASE_URL: `sqlite:${folder}/hard.db`, CALLBACK_TOKENS: token });
  expect(await byHardLink.exit).toBe(2);
  expect(byHardLink.output()).toContain('has 2 names (hard links)');
  expect(readdirSync(folder).filter((name) => name.startsWith('hard.db'))).toEqual(['hard.db']);
});

test('the write-ahead log begins again although readers are always active', async () => {
  const path = temporaryDatabase();
  const store = await openStore(`sqlite:${path}`, {
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(() => store.close());
  const reader = new DatabaseSync(path, { readOnly: true });
  let isStoring = true;
  // Begins to read again as soon as it has ended, so that a reader is open nearly all the time.
  const reading = async () => {
    while (isStoring) {
      reader.exec('BEGIN');
      reader.prepare('SELECT count(*) FROM callbacks').get();
      await new Promise(setImmediate);
      reader.exec('COMMIT');
    }
    reader.close();
  };
  const readers = [reading(), keepListing()];
  async function keepListing(): Promise<void> {
    while (isStoring) await store.list({ limit: 1000 });
  }
  let largest = 0;
  for (let round = 0; round < 20; round++) {
    const body = Buffer.alloc(100_000, 'x');
    const keys = Array.from({ length: 50 }, (_, index) => `${round}-${index}`);
    await Promise.all(keys.map((dedupKey) => store.keep({ ...incoming('one'), body, dedupKey }, [])));
    largest = Math.max(largest, statSync(`${path}-wal`).size);
  }
  isStoring = false;
  await Promise.all(readers);
  expect(largest).toBeLessThan(64 * 2 ** 20);
});
