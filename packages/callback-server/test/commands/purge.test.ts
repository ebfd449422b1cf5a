import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { callback, token } from '../support/callbacks.ts';
import { databaseOf } from '../support/database-of.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

const megabyte = 2 ** 20;
const count = 12_000;

/** Returns the path of a database with many old callbacks, of about 100 MB. */
async function oldDatabase(): Promise<string> {
  const path = temporaryDatabase();
  await runInProcess(['migrate'], { DATABASE_URL: `sqlite:${path}` }).exit;
  const database = new DatabaseSync(path);
  database.exec(`
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
    INSERT INTO callbacks (
      id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, details, body)
    SELECT printf('%012x%020x', n, n), randomblob(16), 'accept', 'merchant ' || n, 'valid', n, 8000, randomblob(16),
      CAST('{"violations":[]}' AS BLOB), CAST(zeroblob(8000) AS BLOB)
    FROM numbers`);
  database.close();
  return path;
}

/** Measures a file again and again until `ended` settles. Resolves to the largest size, in bytes. */
async function largestSize(path: string, ended: Promise<unknown>): Promise<number> {
  let isEnded = false;
  ended.finally(() => {
    isEnded = true;
  });
  let largest = 0;
  while (!isEnded) {
    largest = Math.max(largest, statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    await new Promise(setImmediate);
  }
  return largest;
}

test('a long purge keeps the write-ahead log short, says how far it is, and gives the space back', async () => {
  const path = await oldDatabase();
  expect(statSync(path).size).toBeGreaterThan(90 * megabyte);
  const purge = runInProcess(['purge', '--clock-is-right'], { DATABASE_URL: `sqlite:${path}` });
  expect(await largestSize(`${path}-wal`, purge.exit)).toBeLessThan(64 * megabyte);
  expect([await purge.exit, purge.output()]).toEqual([
    0,
    [
      'So far: 0 bodies masked, 10000 callbacks and 0 audit entries dropped.',
      `Masked: 0 bodies. Dropped: ${count} callbacks, 0 audit entries.\n`,
    ].join('\n'),
  ]);
  expect(statSync(path).size).toBeLessThan(megabyte);
});

test('a purge in a running server keeps the write-ahead log short, while callbacks are listed and stored', async () => {
  const path = await oldDatabase();
  const tokens = { ADMIN_TOKENS: 'not-a-real-admin-token' };
  const server = await serve(path, tokens);
  const headers = { authorization: `Bearer ${tokens.ADMIN_TOKENS}`, 'content-type': 'application/json' };
  const purging = fetch(`${server.adminUrl}/purge?clockIsRight=true`, { method: 'POST', headers });
  let isPurging = true;
  const statuses = new Set<number>();
  const work = async (url: string, init: RequestInit) => {
    while (isPurging) {
      const response = await fetch(url, { ...init, headers });
      statuses.add(response.status);
      await response.arrayBuffer();
    }
  };
  const working = [
    work(`${server.adminUrl}/callbacks?limit=1000`, {}),
    work(`${server.url}/callbacks/${token}/accept`, { method: 'POST', body: callback('accept') }),
  ];
  expect(await largestSize(`${path}-wal`, purging)).toBeLessThan(64 * megabyte);
  isPurging = false;
  await Promise.all(working);
  expect(await (await purging).json()).toMatchObject({ callbacks: count });
  expect([...statuses]).toEqual([200]);
  expect(statSync(path).size).toBeLessThan(megabyte);
});

test('purge masks and drops by its settings, and only what is old enough', async () => {
  const DATABASE_URL = await databaseOf(['one', 'two']);
  const early = runInProcess(['purge'], { DATABASE_URL });
  expect([await early.exit, early.output()]).toEqual([
    0,
    'Masked: 0 bodies. Dropped: 0 callbacks, 0 audit entries.\n',
  ]);
  const database = new DatabaseSync(DATABASE_URL.replace('sqlite:', ''));
  // An id begins with the time of its receipt.
  const age = database.prepare(`
    UPDATE callbacks SET received_at = $at, id = printf('%012x', $at) || substr(id, 13) WHERE sequence = $sequence`);
  const daysAgo = (days: number) => Date.now() - days * 24 * 3600 * 1000;
  age.run({ at: daysAgo(2.5), sequence: 1 });
  age.run({ at: daysAgo(5.4), sequence: 2 });
  database.close();
  const due = runInProcess(['purge'], { DATABASE_URL, KEEP_BODIES_DAYS: '2', KEEP_CALLBACKS_DAYS: '5' });
  expect([await due.exit, due.output()]).toEqual([
    0,
    'Masked: 1 bodies. Dropped: 1 callbacks, 0 audit entries.\n',
  ]);
});
