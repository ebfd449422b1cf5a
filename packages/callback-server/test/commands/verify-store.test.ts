import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { databaseOf } from '../support/database-of.ts';
import { runInProcess } from '../support/run-in-process.ts';

test('verify-store exits with 1 if a callback was changed', async () => {
  const DATABASE_URL = await databaseOf(['one', 'two']);
  const right = runInProcess(['verify-store'], { DATABASE_URL });
  expect([await right.exit, right.output()]).toEqual([0, 'Read 2 callbacks. Problems: 0.\n']);
  const database = new DatabaseSync(DATABASE_URL.replace('sqlite:', ''));
  database.exec("UPDATE callbacks SET body = X'00' WHERE sequence = 1");
  database.close();
  const wrong = runInProcess(['verify-store'], { DATABASE_URL });
  expect(await wrong.exit).toBe(1);
  expect(wrong.output()).toContain('"what":"callback"');
});
