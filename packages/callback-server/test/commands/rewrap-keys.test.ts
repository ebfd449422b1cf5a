import { expect, test } from 'vitest';
import { databaseOf } from '../support/database-of.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test('after rewrap-keys the old master key is not needed', async () => {
  const [first, second] = ['k', 'n'].map(
    (fill, index) => `key-${index}:${Buffer.alloc(32, fill).toString('base64')}`,
  );
  const DATABASE_URL = await databaseOf(['one'], { MASTER_KEYS: first ?? '' });
  const rewrap = runInProcess(['rewrap-keys'], { DATABASE_URL, MASTER_KEYS: `${second},${first}` });
  expect(await rewrap.exit).toBe(0);
  expect(rewrap.output()).toMatch(/^Rewrapped: [1-9]\d* keys\.$/m);
  const verify = runInProcess(['verify-store'], { DATABASE_URL, MASTER_KEYS: second ?? '' });
  expect(await verify.exit).toBe(0);
});

test('rewrap-keys without MASTER_KEYS is refused', async () => {
  const command = runInProcess(['rewrap-keys'], { DATABASE_URL: `sqlite:${temporaryDatabase()}` });
  expect(await command.exit).toBe(2);
  expect(command.output()).toContain('MASTER_KEYS: is required');
});
