import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { createCallbackServer, type KeptCallback } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

interface Posted {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Starts a target that takes every callback. */
async function startTarget(): Promise<{ url: string; posted: Posted[] }> {
  const posted: Posted[] = [];
  const target = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    posted.push({ path: incoming.url, headers: incoming.headers, body: Buffer.concat(chunks).toString() });
    outgoing.writeHead(200).end();
  });
  const { url, close } = await listenOnFreePort(target);
  onTestFinished(close);
  return { url, posted };
}

const [oldSecret, newSecret] = ['bm90IGEgcmVhbCBvbGQgc2VjcmV0IQ==', 'bm90IGEgcmVhbCBuZXcgc2VjcmV0IQ=='];

test('a route takes the callbacks of its events and realms', async () => {
  const { url, posted } = await startTarget();
  const { server, post } = await startServer({
    routes: [
      { name: 'decisions', url: `${url}/decisions`, events: ['accept', 'reject'] },
      { name: 'realm-one', url: `${url}/realm-one`, realms: ['6553f0000000000000000001'] },
      { name: 'all', url: `${url}/all` },
    ],
  });
  await post('accept', callback('accept', { id: 'one', realmId: '6553f0000000000000000001' }));
  await post('pending', callback('pending', { id: 'two', realmId: '6553f0000000000000000002' }));
  await post('accept', callback('accept', { id: 'three', realmId: undefined }));
  await eventually(() => expect(posted).toHaveLength(6));
  const taken = posted.map(({ path, body }) => `${path} ${JSON.parse(body).merchantData.id}`).sort();
  expect(taken).toEqual([
    '/all one',
    '/all three',
    '/all two',
    '/decisions one',
    '/decisions three',
    '/realm-one one',
  ]);
  const listed = await server.callbacks.list();
  expect(listed.map(({ deliveries }) => deliveries.map(({ route }) => route))).toEqual([
    ['all', 'decisions'],
    ['all'],
    ['all', 'decisions', 'realm-one'],
  ]);
});

test('while a secret rotates, a receiver with either secret verifies the signature', async () => {
  const { url, posted } = await startTarget();
  const { post } = await startServer({
    routes: [
      { name: 'signed', url, secrets: [newSecret, oldSecret], headers: { 'X-Api-Key': 'not-a-real-key' } },
    ],
  });
  const body = callback('accept');
  await post('accept', body);
  await eventually(() => expect(posted).toHaveLength(1));
  const headers = posted[0]?.headers as Record<string, string>;
  expect(headers['x-api-key']).toBe('not-a-real-key');
  for (const secret of [oldSecret, newSecret])
    expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
});

test('two routes with one name are refused', async () => {
  const routes = [1, 2].map(() => ({ name: 'same', url: 'http://127.0.0.1:4000' }));
  await expect(createCallbackServer({ callbackTokens: [token], routes })).rejects.toThrow(
    'must give each route its own name',
  );
});

test('a redelivery to a route that was added later delivers the callbacks that were kept before', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const first = await startServer({ databaseUrl });
  for (const id of ['one', 'two']) await first.post('accept', callback('accept', { id }));
  await first.post('accept', 'not JSON');
  await first.server.stop();

  const { url, posted } = await startTarget();
  const { server, post } = await startServer({ databaseUrl, routes: [{ name: 'late', url }] });
  await post('accept', callback('accept', { id: 'three' }));
  await eventually(() => expect(posted).toHaveLength(1));
  const missing = await server.callbacks.list({ delivery: { route: 'late', state: 'missing' } });
  expect(missing.map(({ merchantId }) => merchantId)).toEqual([undefined, 'two', 'one']);
  const counts = { dead: 0, missing: 2, taken: 0, overtaken: 0, damaged: 0 };
  expect(await server.callbacks.redeliver({ route: 'late', dryRun: true })).toEqual(counts);
  expect(await server.callbacks.redeliver({ route: 'late' })).toEqual(counts);
  await eventually(() => expect(posted).toHaveLength(3));
  expect(await server.callbacks.redeliver({ route: 'late' })).toEqual({ ...counts, missing: 0 });
});

test('dead deliveries are listed with their reasons, and a redelivery delivers them again', async () => {
  let isMended = false;
  const taken: string[] = [];
  const adminTokens = ['not-a-real-admin-token'];
  const { adminUrl, server, post } = await startServer({ deliveryDelaysMs: [], adminTokens }, (server) =>
    server.on('accept', ({ payload }) => {
      if (!isMended) throw new TypeError('no');
      taken.push(payload.merchantData.id);
    }),
  );
  const ask = (path: string, method = 'GET') =>
    fetch(`${adminUrl}${path}`, { method, headers: { authorization: `Bearer ${adminTokens[0]}` } });
  for (const [id, actionTime] of [
    ['one', 1],
    ['one', 2],
    ['two', 3],
  ] as const)
    await post('accept', callback('accept', { id, actionTime }));
  const listDead = async () =>
    (await (await ask('/callbacks?route=handler&state=dead')).json()) as KeptCallback[];
  await eventually(async () => expect(await listDead()).toHaveLength(3));
  expect((await listDead())[0]?.deliveries[0]?.attempts).toMatchObject([
    { outcome: 'failed with TypeError' },
  ]);

  isMended = true;
  const ofOne = await ask('/redeliver?route=handler&merchantId=one', 'POST');
  expect([ofOne.status, await ofOne.json()]).toEqual([
    200,
    { dead: 2, missing: 0, taken: 0, overtaken: 0, damaged: 0 },
  ]);
  await eventually(() => expect(taken).toEqual(['one', 'one']));
  const listOne = () => server.callbacks.list({ merchantId: 'one' });
  await eventually(async () => expect((await listOne())[0]?.deliveries).toMatchObject([{ state: 'taken' }]));
  const { id } = (await listOne())[0] ?? {};
  const again = await ask(`/redeliver?route=handler&state=taken&id=${id}`, 'POST');
  expect(await again.json()).toEqual({ dead: 0, missing: 0, taken: 1, overtaken: 0, damaged: 0 });
  await eventually(() => expect(taken).toEqual(['one', 'one', 'one']));
  expect(await (await ask('/audit')).json()).toMatchObject([
    { actor: 'the admin API', action: 'redeliver', details: { route: 'handler', taken: 1, overtaken: 0 } },
    { action: 'redeliver', details: { merchant: 'one', dead: 2 } },
  ]);
});

test.each([
  ['', 'route is required'],
  ['?route=handler&state=due', 'state must be one or more of dead, missing, taken'],
  ['?route=handler&since=yesterday', 'since must be a time'],
  ['?route=handler&until=2026-02-30T99:00', 'until must be a time'],
  ['?route=handler&mechant=one', 'mechant is no parameter'],
  ['?route=handler&dryRun=yes', 'dryRun must be true or false'],
])('the admin API refuses the redelivery %s', async (query, problem) => {
  const adminTokens = ['not-a-real-admin-token'];
  const { adminUrl } = await startServer({ adminTokens });
  const headers = { authorization: `Bearer ${adminTokens[0]}` };
  const response = await fetch(`${adminUrl}/redeliver${query}`, { method: 'POST', headers });
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: string }).error).toContain(problem);
});
