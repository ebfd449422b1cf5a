import { request } from 'node:http';
import { expect, test } from 'vitest';
import { callback, token } from '../support/callbacks.ts';
import { inboxUser } from '../support/inbox-users.ts';
import { startServer } from '../support/running-server.ts';

test.each([
  ['a rebound host name', { host: 'evil.example' }],
  ['a foreign page', { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ['a page of another program on this machine', { origin: 'http://localhost:3000' }],
  ['a request that a proxy forwards', { 'x-forwarded-for': '192.0.2.1' }],
])('the admin API refuses %s', async (_, headers) => {
  const { adminUrl } = await startServer();
  const status = await new Promise((resolve) => {
    request(`${adminUrl}/callbacks`, { headers }, (response) => resolve(response.resume().statusCode)).end();
  });
  expect(status).toBe(403);
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
  // A proxy can leave out X-Forwarded-For and the host of the original request. nginx leaves out both by default.
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

test('without an admin token, even a request from this machine changes nothing', async () => {
  const { adminUrl, post, server } = await startServer({ retention: { bodyDays: 0, callbackDays: 0 } });
  await post('accept', callback('accept', { id: 'one' }));
  for (const [method, path] of [
    ['DELETE', '/merchants/one'],
    ['POST', '/purge'],
  ] as const)
    expect((await fetch(`${adminUrl}${path}`, { method })).status).toBe(403);
  expect(await server.callbacks.list()).toMatchObject([{ held: 'body' }]);
});
