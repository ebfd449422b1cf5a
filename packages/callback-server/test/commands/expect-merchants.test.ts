import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runInProcess } from '../support/run-in-process.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

test('the command expect-merchants imports a list, which the next server knows', async () => {
  const path = temporaryDatabase();
  const DATABASE_URL = `sqlite:${path}`;
  await (await startServer({ databaseUrl: DATABASE_URL })).server.stop();
  const list = `${path}.csv`;
  writeFileSync(list, 'merchantId,realmId\none,realm\ntwo,realm\n');
  const imported = runInProcess(['expect-merchants', list], { DATABASE_URL });
  expect([await imported.exit, imported.output()]).toEqual([0, 'Expects callbacks of 2 merchants.\n']);
  writeFileSync(list, 'merchantId,realmId\ncanary,realm\ncanary\n');
  const wrong = runInProcess(['expect-merchants', list], { DATABASE_URL });
  expect([await wrong.exit, wrong.output()]).toEqual([2, expect.stringContaining('Line 3')]);
  expect(wrong.output()).not.toContain('canary');
  const missing = runInProcess(['expect-merchants', `${list}.missing`], { DATABASE_URL });
  expect([await missing.exit, missing.output()]).toEqual([2, expect.stringContaining('<file> must be')]);
  const { server } = await startServer({ databaseUrl: DATABASE_URL });
  const known = await server.merchants.list({ state: 'in-step' });
  expect(known.map(({ merchantId }) => merchantId).sort()).toEqual(['one', 'two']);
});
