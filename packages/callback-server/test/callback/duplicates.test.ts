import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

test('50 concurrent repeats are one callback with 50 receipts', async () => {
  const path = temporaryDatabase();
  const { server, post } = await startServer({ databaseUrl: `sqlite:${path}` });
  const responses = await Promise.all(Array.from({ length: 50 }, () => post('accept', callback('accept'))));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await server.callbacks.list()).toMatchObject([{ seenCount: 50 }]);
  await server.stop();
  expect(rows(path, 'SELECT count(*) AS count FROM receipts')).toEqual([{ count: 50 }]);
});

test('a callback that differs in any byte is another callback, which handlers get and lists show', async () => {
  const taken: unknown[] = [];
  const { server, post } = await startServer({}, (server) => {
    for (const event of ['accept', 'reject', 'pending'] as const)
      server.on(event, ({ payload }) => void taken.push(payload));
  });
  const timeless = { actionTime: undefined, onboardingEndDate: undefined, initialSubmissionDate: undefined };
  const different = [
    ['pending', callback('pending', { ...timeless, reason: 'The photo is blurred.' })],
    ['pending', callback('pending', { ...timeless, reason: 'The photo is someone else’s.' })],
    ['accept', callback('accept')],
    ['accept', callback('accept', { decisionEngineResult: { decision: 'refer' } })],
    ['accept', callback('accept', { id: 'another' })],
    ['accept', `${callback('accept')} `],
    ['reject', callback('reject')],
  ] as const;
  for (const [event, body] of different) await post(event, body);
  await eventually(() => expect(taken).toHaveLength(different.length));
  const listed = await server.callbacks.list();
  const bodies = await Promise.all(listed.map(async ({ id }) => (await server.callbacks.get(id))?.body));
  expect(bodies.map((body) => Buffer.from(body ?? []).toString()).sort()).toEqual(
    different.map(([, body]) => body).sort(),
  );
});

test('the same bytes for the same event are a repeat, with the time of the provider or without', async () => {
  const { server, post } = await startServer();
  const times = [-1, 0, 0.5, 2 ** 48, 1e300, undefined];
  for (const actionTime of [...times, ...times]) await post('accept', callback('accept', { actionTime }));
  expect((await server.callbacks.list()).map(({ seenCount }) => seenCount)).toEqual(times.map(() => 2));
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
