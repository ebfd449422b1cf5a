import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

test('50 concurrent repeats are one callback with 50 receipts', async () => {
  const path = temporaryDatabase();
  const { server, post } = await startServer({ databaseUrl: `sqlite:${path}` });
  const responses = await Promise.all(Array.from({ length: 50 }, () => post('accept', callback('accept'))));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await server.callbacks.list()).toMatchObject([{ seenCount: 50 }]);
  await server.stop();
  expect(rows(path, 'SELECT count(*) AS count, count(differing_body) AS differing FROM receipts')).toEqual([
    { count: 50, differing: 0 },
  ]);
});

test('stores the bytes of a repeat that differs', async () => {
  const path = temporaryDatabase();
  const { server, post } = await startServer({ databaseUrl: `sqlite:${path}` });
  await post('reject', callback('reject', { reason: 'The photo is blurred.' }));
  await post('reject', callback('reject', { reason: 'The photo is someone else’s.' }));
  expect(await server.callbacks.list()).toMatchObject([{ seenCount: 2 }]);
  await server.stop();
  const [row] = rows(path, 'SELECT differing_body FROM receipts WHERE differing_body IS NOT NULL');
  expect(Buffer.from(row?.['differing_body'] as Uint8Array).toString()).toContain('someone else’s');
});

test('another merchant, event, status or time makes another callback', async () => {
  const { server, post } = await startServer();
  await post('accept', callback('accept'));
  await post('accept', callback('accept', { id: 'another' }));
  await post('accept', callback('accept', { actionTime: 1 }));
  await post('accept', callback('accept', { status: 'Accepted' }));
  await post('reject', callback('reject'));
  expect(await server.callbacks.list()).toHaveLength(5);
});

test("any number as the provider's time identifies a repeat", async () => {
  const { server, post } = await startServer();
  const times = [-1, 0, 0.5, 2 ** 48, 1e300];
  for (const actionTime of [...times, ...times]) await post('accept', callback('accept', { actionTime }));
  expect((await server.callbacks.list()).map(({ seenCount }) => seenCount)).toEqual(times.map(() => 2));
});

test("without the provider's time, only the same bytes are a repeat", async () => {
  const { server, post } = await startServer();
  const timeless = { actionTime: undefined, onboardingEndDate: undefined, initialSubmissionDate: undefined };
  await post('accept', callback('accept', timeless));
  await post('accept', callback('accept', timeless));
  await post('accept', callback('accept', { ...timeless, name: 'Asha E.' }));
  expect((await server.callbacks.list()).map(({ seenCount }) => seenCount)).toEqual([1, 2]);
});

function rows(path: string, query: string) {
  const database = new DatabaseSync(path);
  const found = database
    .prepare(query)
    .all()
    .map((row) => ({ ...row }));
  database.close();
  return found;
}
