import { request } from 'node:http';
import type { Drift } from '@partner-ecosystem/openapi/drift';
import { expect, test } from 'vitest';
import type { CallbackServerEvent, KeptCallback } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { inboxUser } from '../support/inbox-users.ts';
import { brokenDatabase, startServer } from '../support/running-server.ts';

test('a callback is shown with its body masked by the contract', async () => {
  const { adminUrl, post } = await startServer();
  await post('accept', callback('accept', { 'branch code': 'EX-01' }));
  const [listed] = await list(adminUrl);
  expect(listed).toMatchObject({ event: 'accept', verdict: 'valid', status: 'accept', seenCount: 1 });

  const text = await (await fetch(`${adminUrl}/callbacks/${listed?.id}`)).text();
  expect(JSON.parse(text).body.merchantData).toMatchObject({
    status: 'accept',
    name: '[PII]',
    'branch code': '[PII]',
  });
  for (const secret of ['Asha', 'asha@', '"0000000002"', '/al/', 'EX-01']) expect(text).not.toContain(secret);
});

test('receipts show the address and a shortened User-Agent of each POST, and no other header', async () => {
  const { adminUrl, post, server } = await startServer({ trustedProxyHops: 1 });
  const send = (headers: Record<string, string>) =>
    post('accept', callback('accept'), { headers: { 'content-type': 'application/json', ...headers } });
  await send({ 'x-forwarded-for': '192.0.2.1, 203.0.113.9:4711', 'user-agent': 'x'.repeat(500) });
  await send({ 'x-forwarded-for': 'made up', authorization: 'Bearer canary', cookie: 'a=canary' });
  await send({ 'user-agent': '' });
  const [kept] = await server.callbacks.list();
  const whole = await server.callbacks.get(kept?.id ?? '');
  const [first, ...others] = whole?.receipts ?? [];
  expect(first).toEqual({ receivedAt: kept?.receivedAt, address: '203.0.113.9', userAgent: 'x'.repeat(200) });
  expect(others.map(({ address }) => address)).toEqual([null, null]);
  expect(others[1]?.userAgent).toBeNull();

  const text = await (await fetch(`${adminUrl}/callbacks/${kept?.id}`)).text();
  expect(JSON.parse(text).receipts).toEqual(JSON.parse(JSON.stringify(whole?.receipts)));
  expect(text).not.toMatch(/canary|:4711|made up/);
});

test("without trusted proxies the address is the connection's", async () => {
  const { post, server } = await startServer();
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' };
  await post('accept', callback('accept'), { headers });
  const [kept] = await server.callbacks.list();
  expect((await server.callbacks.get(kept?.id ?? ''))?.receipts).toMatchObject([{ address: '127.0.0.1' }]);
});

test('lists by merchant, event, verdict and limit, from any callback on', async () => {
  const { adminUrl, post } = await startServer();
  for (const id of ['one', 'two'])
    for (const event of ['pending', 'accept'] as const) await post(event, callback(event, { id }));
  const count = async (query: string) => (await list(adminUrl, query)).length;
  expect(await Promise.all(['', 'merchantId=one', 'event=accept', 'limit=3'].map(count))).toEqual([
    4, 2, 2, 3,
  ]);
  expect(await Promise.all(['verdict=valid', 'verdict=invalid'].map(count))).toEqual([4, 0]);
  const [, second] = await list(adminUrl);
  expect(await count(`before=${second?.id}`)).toBe(2);
  for (const query of ['limit=all', 'verdict=good'])
    expect((await fetch(`${adminUrl}/callbacks?${query}`)).status).toBe(400);
  expect((await fetch(`${adminUrl}/callbacks/nothing`)).status).toBe(404);
});

test('lists by case, time, confirmation and deliveries of any route', async () => {
  const { adminUrl, post } = await startServer();
  const today = new Date().toISOString().slice(0, 10);
  for (const signzyAppId of ['CASE-1', 'CASE-2'])
    await post('accept', callback('accept', { id: signzyAppId, signzyAppId }));
  const references = async (query: string) =>
    (await list(adminUrl, query)).map(({ signzyAppId }) => signzyAppId);
  expect(await references('signzyAppId=CASE-1')).toEqual(['CASE-1']);
  expect(await references(`receivedFrom=${today}`)).toEqual(['CASE-2', 'CASE-1']);
  expect(await references('receivedUntil=2026-01-01')).toEqual([]);
  expect(await references('confirmation=quarantined')).toEqual([]);
  expect(await references('state=dead')).toEqual([]);
  expect(await references('state=missing&limit=1')).toEqual(['CASE-2']);
});

test.each([
  ['GET', '/callbacks?state=lost', 'state'],
  ['GET', '/callbacks?route=handler', 'route'],
  ['GET', '/callbacks?signzyAppId=', 'signzyAppId'],
  ['GET', '/callbacks?confirmation=forged', 'confirmation'],
  ['GET', '/callbacks?receivedFrom=yesterday', 'receivedFrom'],
  ['GET', '/callbacks?receivedUntil=2026-01-31T12:00', 'receivedUntil'],
  ['GET', '/callbacks?receivedFrom=2026-02-01&receivedUntil=2026-01-01', 'receivedFrom'],
  ['GET', '/callbacks?limit=all', 'limit'],
  ['GET', '/callbacks?limit=0', 'limit'],
  ['GET', '/callbacks?limit=1001', 'limit'],
  ['GET', '/callbacks?verdict=good', 'verdict'],
  ['GET', '/callbacks?event=acept', 'event'],
  ['GET', '/callbacks?event=', 'event'],
  ['GET', '/callbacks?event=accept&event=reject', 'event'],
  ['GET', '/callbacks?merchantId=', 'merchantId'],
  ['GET', '/callbacks?before=yesterday', 'before'],
  ['GET', '/callbacks?toString=1', 'toString'],
  ['GET', '/callbacks/0?exact=true', 'exact'],
  ['GET', '/drift?event=accept', 'event'],
  ['GET', '/audit?limit=1', 'limit'],
  ['GET', '/metrics?name=x', 'name'],
  ['POST', '/purge?dryRun=true', 'dryRun'],
  ['DELETE', '/merchants/one?dryRun=true', 'dryRun'],
])('%s %s is refused with 400 that names %s', async (method, path, name) => {
  const adminTokens = ['not-a-real-admin-1'];
  const { adminUrl, post, server } = await startServer({ adminTokens });
  await post('accept', callback('accept', { id: 'one' }));
  const headers = { authorization: `Bearer ${adminTokens[0]}` };
  const response = await fetch(`${adminUrl}${path}`, { method, headers });
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: string }).error).toMatch(new RegExp(`^${name} `));
  expect(await server.callbacks.list()).toMatchObject([{ held: 'body' }]);
});

test('malformed percent-encoding gets 400, and a text that is no id gets 404', async () => {
  const adminTokens = ['not-a-real-admin-1'];
  const { adminUrl } = await startServer({ adminTokens });
  const headers = { authorization: `Bearer ${adminTokens[0]}` };
  for (const [method, path, status] of [
    ['DELETE', '/merchants/%zz', 400],
    ['DELETE', '/merchants/one%', 400],
    ['GET', '/callbacks?merchantId=%zz', 400],
    ['GET', '/callbacks/%ff', 400],
    ['POST', '/redeliver?route=%', 400],
    ['GET', '/callbacks/%00', 404],
    ['GET', '/callbacks/one', 404],
  ] as const)
    expect((await fetch(`${adminUrl}${path}`, { method, headers })).status, path).toBe(status);
});

test('a list can be asked for callbacks without an event', async () => {
  const { adminUrl, post } = await startServer();
  await post('', callback('accept', { status: 'parked' }));
  expect(await list(adminUrl, 'event=unknown')).toHaveLength(1);
});

test.each([
  ['a rebound name', { host: 'evil.example' }],
  ['a foreign page', { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ['a page of another program on this machine', { origin: 'http://localhost:3000' }],
  ['what a proxy forwards', { 'x-forwarded-for': '192.0.2.1' }],
])('refuses %s', async (_, headers) => {
  const { adminUrl } = await startServer();
  const status = await new Promise((resolve) => {
    request(`${adminUrl}/callbacks`, { headers }, (response) => resolve(response.resume().statusCode)).end();
  });
  expect(status).toBe(403);
});

test('drift shows where, since when and how often, and only the known words and the new word as values', async () => {
  const { adminUrl, post } = await startServer();
  const canary = { name: 'canary@example.com', decisionEngineResult: 'canary', 'canary 1': 7 };
  for (const id of ['one', 'two'])
    await post('accept', callback('accept', { id, ...canary, subStatus: 'parked' }));
  const text = await (await fetch(`${adminUrl}/drift`)).text();
  const seen = { subject: 'accept', side: 'callback', count: 2, since: expect.any(String), keyword: 'word' };
  const expected = 'must be notEscalated, escalated';
  const words = JSON.parse(text).sort((a: Drift, b: Drift) => b.pointer.localeCompare(a.pointer));
  expect(words).toMatchObject([
    { ...seen, pointer: '/merchantData/subStatus', expected, word: 'parked' },
    { ...seen, pointer: '/merchantData/decisionEngineResult', expected: 'must be safe, unsafe, uncertain' },
  ]);
  const { exampleId } = JSON.parse(text)[0];
  expect((await fetch(`${adminUrl}/callbacks/${exampleId}`)).status).toBe(200);
  expect(text).not.toContain('canary');
});

test('with admin tokens, a request needs any one of them', async () => {
  const tokens = ['not-a-real-admin-1', 'not-a-real-admin-2'];
  const { adminUrl } = await startServer({ adminTokens: tokens });
  const statusWith = async (authorization?: string) =>
    (await fetch(`${adminUrl}/metrics`, { headers: authorization ? { authorization } : {} })).status;
  for (const wrong of [
    undefined,
    'Bearer ',
    'Bearer not-a-real-admin-3',
    `Basic ${tokens[0]}`,
    `Bearer ${token}`,
  ])
    expect(await statusWith(wrong)).toBe(401);
  for (const right of tokens) expect(await statusWith(`Bearer ${right}`)).toBe(200);
});

test('with an admin token, other machines reach the admin API by any host name', async () => {
  const { adminUrl } = await startServer({ adminHost: '0.0.0.0', adminTokens: ['not-a-real-admin-1'] });
  const statusWith = (headers: Record<string, string>) =>
    new Promise((resolve) => {
      const url = `http://127.0.0.1:${new URL(adminUrl).port}/callbacks`;
      request(url, { headers: { host: 'callbacks.internal', ...headers } }, (response) =>
        resolve(response.resume().statusCode),
      ).end();
    });
  expect(await statusWith({})).toBe(401);
  expect(await statusWith({ authorization: 'Bearer not-a-real-admin-1' })).toBe(200);
});

test('without a token, the admin API is closed where a proxy serves the inbox', async () => {
  // A proxy can leave out the header that it forwards, and the host that it was asked for. nginx does by default.
  const { adminUrl, post } = await startServer({
    adminUrl: 'https://inbox.example',
    inboxUsers: [inboxUser('vera')],
  });
  await post('accept', callback('accept', { id: 'one' }));
  for (const path of ['/callbacks', '/metrics', '/audit']) {
    const response = await fetch(`${adminUrl}${path}`);
    expect([response.status, await response.json()]).toEqual([
      403,
      { error: 'Set ADMIN_TOKENS: others reach this port at ADMIN_URL.' },
    ]);
  }
  expect((await fetch(`${adminUrl}/inbox`)).status).toBe(200);
});

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

test('without a token nothing can be changed, from this machine either', async () => {
  const { adminUrl, post, server } = await startServer({ retention: { bodyDays: 0, callbackDays: 0 } });
  await post('accept', callback('accept', { id: 'one' }));
  for (const [method, path] of [
    ['DELETE', '/merchants/one'],
    ['POST', '/purge'],
  ] as const)
    expect((await fetch(`${adminUrl}${path}`, { method })).status).toBe(403);
  expect(await server.callbacks.list()).toMatchObject([{ held: 'body' }]);
});

async function list(adminUrl: string, query = ''): Promise<KeptCallback[]> {
  return (await (await fetch(`${adminUrl}/callbacks?${query}`)).json()) as KeptCallback[];
}

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
