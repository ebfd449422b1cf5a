import { expect, test } from 'vitest';
import type { CallbackServerEvent } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { brokenDatabase, startServer } from '../support/running-server.ts';

test('an operator with a token erases a merchant, and the audit records it', async () => {
  const adminTokens = ['not-a-real-admin-1'];
  const { adminUrl, post, server } = await startServer({ adminTokens });
  const ask = async (method: string, path: string) =>
    fetch(`${adminUrl}${path}`, { method, headers: { authorization: `Bearer ${adminTokens[0]}` } });
  for (const id of ['one', 'two']) await post('accept', callback('accept', { id }));
  expect((await fetch(`${adminUrl}/merchants/one`, { method: 'DELETE' })).status).toBe(401);
  expect(await (await ask('DELETE', '/merchants/one')).json()).toEqual({ callbacks: 1 });
  expect((await server.callbacks.list()).map(({ held }) => held)).toEqual(['body', 'nothing']);
  expect(await (await ask('GET', '/audit')).json()).toMatchObject([
    { actor: 'the admin API', action: 'erase' },
  ]);
});

test('an operator with a token purges by the retention settings', async () => {
  const adminTokens = ['not-a-real-admin-1'];
  const retention = { bodyDays: 0, callbackDays: 1 };
  const { adminUrl, post, server } = await startServer({ adminTokens, retention });
  await post('accept', callback('accept', { name: 'Asha' }));
  const headers = { authorization: `Bearer ${adminTokens[0]}` };
  // Within the millisecond of its arrival, no body is old enough.
  await eventually(async () => {
    const purged = await fetch(`${adminUrl}/purge`, { method: 'POST', headers });
    expect(await purged.json()).toEqual({ bodies: 1, callbacks: 0, audit: 0, damaged: 0 });
  });
  expect(await server.callbacks.list()).toMatchObject([{ held: 'masked', seenCount: 1 }]);
});

test('erasing without a merchant id is refused', async () => {
  const { adminUrl } = await startServer({ adminTokens: [token] });
  const init = { method: 'DELETE', headers: { authorization: `Bearer ${token}` } };
  const response = await fetch(`${adminUrl}/merchants/%20`, init);
  expect([response.status, await response.json()]).toEqual([400, { error: 'The merchant id is empty.' }]);
});

test('a failure of the admin API is in the log, without its message', async () => {
  const events: CallbackServerEvent[] = [];
  const databaseUrl = await brokenDatabase("BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'canary')");
  const { adminUrl } = await startServer({
    databaseUrl,
    adminTokens: [token],
    onEvent: (event) => events.push(event),
  });
  const init = { method: 'DELETE', headers: { authorization: `Bearer ${token}` } };
  const response = await fetch(`${adminUrl}/merchants/one`, init);
  expect([response.status, await response.json()]).toEqual([
    503,
    { error: 'The request failed in the store. The log names the fault.' },
  ]);
  expect(events).toContainEqual({ type: 'fault', name: 'SqliteError', code: 'SQLITE_1811' });
});
