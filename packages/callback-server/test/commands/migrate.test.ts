import { expect, test } from 'vitest';
import { runInProcess } from '../support/run-in-process.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test('migrate works on a new database and on an existing database', async () => {
  const DATABASE_URL = `sqlite:${temporaryDatabase()}`;
  expect(await runInProcess(['migrate'], { DATABASE_URL }).exit).toBe(0);
  expect(await runInProcess(['migrate'], { DATABASE_URL }).exit).toBe(0);
});
