import { expect, test } from 'vitest';
import { databaseOf } from '../support/database-of.ts';
import { runInProcess } from '../support/run-in-process.ts';

test("erase makes a merchant's callbacks unreadable with any master key", async () => {
  const MASTER_KEYS = `first:${Buffer.alloc(32, 'k').toString('base64')}`;
  const DATABASE_URL = await databaseOf(['one', 'two'], { MASTER_KEYS });
  const erased = runInProcess(['erase', 'one'], { DATABASE_URL, MASTER_KEYS });
  expect([await erased.exit, erased.output()]).toEqual([0, 'Erased: 1 callbacks.\n']);
  const unknown = runInProcess(['erase', 'nobody'], { DATABASE_URL, MASTER_KEYS });
  expect([await unknown.exit, unknown.output()]).toEqual([0, expect.stringContaining('Check the id')]);
  const left = runInProcess(['export', '--exact'], { DATABASE_URL, MASTER_KEYS });
  await left.exit;
  const lines = left
    .output()
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(lines.map(({ merchantId, held }) => [merchantId, held])).toEqual([
    [undefined, 'nothing'],
    ['two', 'body'],
  ]);
});
