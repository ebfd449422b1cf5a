import { expect, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { listCallbacks } from '../support/list-callbacks.ts';
import { startServer } from '../support/running-server.ts';

test('the admin API lists callbacks by merchant, event, verdict and limit, and before any callback', async () => {
  const { adminUrl, post } = await startServer();
  for (const id of ['one', 'two'])
    for (const event of ['pending', 'accept'] as const) await post(event, callback(event, { id }));
  const count = async (query: string) => (await listCallbacks(adminUrl, query)).length;
  expect(await Promise.all(['', 'merchantId=one', 'event=accept', 'limit=3'].map(count))).toEqual([
    4, 2, 2, 3,
  ]);
  expect(await Promise.all(['verdict=valid', 'verdict=invalid'].map(count))).toEqual([4, 0]);
  const [, second] = await listCallbacks(adminUrl);
  expect(await count(`before=${second?.id}`)).toBe(2);
  for (const query of ['limit=all', 'verdict=good'])
    expect((await fetch(`${adminUrl}/callbacks?${query}`)).status).toBe(400);
  expect((await fetch(`${adminUrl}/callbacks/nothing`)).status).toBe(404);
});

test('the admin API lists callbacks by case, time, confirmation and the state of their deliveries', async () => {
  const { adminUrl, post } = await startServer();
  const today = new Date().toISOString().slice(0, 10);
  for (const signzyAppId of ['CASE-1', 'CASE-2'])
    await post('accept', callback('accept', { id: signzyAppId, signzyAppId }));
  const references = async (query: string) =>
    (await listCallbacks(adminUrl, query)).map(({ signzyAppId }) => signzyAppId);
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

test('event=unknown lists the callbacks without an event', async () => {
  const { adminUrl, post } = await startServer();
  await post('', callback('accept', { status: 'parked' }));
  expect(await listCallbacks(adminUrl, 'event=unknown')).toHaveLength(1);
});
