import { expect, test } from 'vitest';
import { databaseOf } from '../support/database-of.ts';
import { runInProcess } from '../support/run-in-process.ts';

test('export writes masked bodies of one merchant, or exact bodies', async () => {
  const DATABASE_URL = await databaseOf(['one', 'two']);
  const masked = runInProcess(['export', '--merchant', 'two'], { DATABASE_URL });
  expect(await masked.exit).toBe(0);
  const [line, ...others] = masked
    .output()
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect([line.merchantId, line.body.merchantData.name, others]).toEqual(['two', '[PII]', []]);

  const exact = runInProcess(['export', '--exact'], { DATABASE_URL });
  expect(await exact.exit).toBe(0);
  const bodies = exact
    .output()
    .trim()
    .split('\n')
    .map((text) => Buffer.from(JSON.parse(text).bodyBase64, 'base64'));
  expect(bodies.map((body) => JSON.parse(body.toString()).merchantData.id)).toEqual(['one', 'two']);
});

test('export says if no callback is stored of a merchant, as after a typing error', async () => {
  const DATABASE_URL = await databaseOf(['one']);
  const none = runInProcess(['export', '--merchant', 'on'], { DATABASE_URL });
  expect([await none.exit, none.output()]).toEqual([
    0,
    'No callback of this merchant is stored. Check the id.\n',
  ]);
});
