import { get } from 'node:http';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { ApiSession, flowId, pendingMerchant, readyPartner, realmId } from '../support/journey.ts';
import { startReceiver } from '../support/receiver.ts';
import { type ControlRequest, sendToControl } from '../support/send-to-control.ts';
import { foreignAddresses } from './foreign-addresses.ts';

let running: RunningSandbox;
let api: ApiSession;
let token: string;
let distributorId: string;
let merchantId: string;

beforeAll(async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  api = new ApiSession(fetch, running.url);
  ({ token, distributorId } = await readyPartner(api, running.sandbox.fixtures.administratorToken));
  merchantId = await pendingMerchant(api, token);
});
afterAll(() => running.close());

const json = { 'content-type': 'application/json' };
const accept = JSON.stringify({ decision: 'accept' });
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

/** Builds a request that accepts the merchant, with the changes of a trick. */
function acceptRequest(trick: ControlRequest): ControlRequest {
  const { headers, ...rest } = trick;
  return {
    method: 'POST',
    path: `/merchants/${merchantId}/decision`,
    body: accept,
    ...rest,
    headers: { ...json, ...headers },
  };
}

/** Requests that would change something or show a secret if the server accepted them. */
const hostile: readonly (readonly [trick: string, request: (port: string) => ControlRequest])[] = [
  ['a page of another origin', () => ({ headers: { origin: 'http://evil.example' } })],
  ['a page of another port', () => ({ headers: { origin: 'http://127.0.0.1:1' } })],
  [
    'a page of this machine under another name',
    (port) => ({ headers: { origin: `http://localhost:${port}` } }),
  ],
  ['a page over https', (port) => ({ headers: { origin: `https://127.0.0.1:${port}` } })],
  ['a page without an origin, such as a file or a frame', () => ({ headers: { origin: 'null' } })],
  ['an empty origin', () => ({ headers: { origin: '' } })],
  ['a fetch across sites', () => ({ headers: { 'sec-fetch-site': 'cross-site' } })],
  ['a fetch from a neighbour', () => ({ headers: { 'sec-fetch-site': 'same-site' } })],
  ['an unknown kind of fetch', () => ({ headers: { 'sec-fetch-site': 'else' } })],
  [
    'a preflight',
    () => ({
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    }),
  ],
  ['a foreign name that resolves to this machine', () => ({ headers: { host: 'evil.example' } })],
  ['a name that begins like this machine', () => ({ headers: { host: 'localhost.evil.example' } })],
  ['an address that begins like this machine', () => ({ headers: { host: '127.0.0.1.evil.example' } })],
  ['a name that ends like this machine', () => ({ headers: { host: 'evil-localhost' } })],
  ['another address', () => ({ headers: { host: '192.0.2.1' } })],
  ['the address 0.0.0.0', () => ({ headers: { host: '0.0.0.0' } })],
  ['an IPv6 address that contains an IPv4 address', () => ({ headers: { host: '[::ffff:192.0.2.1]' } })],
  ['a Host with credentials', () => ({ headers: { host: '127.0.0.1@evil.example' } })],
  ['an address instead of a path', () => ({ path: 'http://evil.example/world', method: 'GET', body: '' })],
  ['no token', () => ({ headers: { authorization: '' } })],
  [
    'a shortened token',
    () => ({ headers: { authorization: `Bearer ${running.controlToken.slice(0, -1)}` } }),
  ],
  [
    'a token with an extra character',
    () => ({ headers: { authorization: `Bearer ${running.controlToken}x` } }),
  ],
  ['another token of the same length', () => ({ headers: { authorization: `Bearer ${'x'.repeat(43)}` } })],
  ['the token under another scheme', () => ({ headers: { authorization: `Basic ${running.controlToken}` } })],
  ['the token with another word', () => ({ headers: { authorization: `Bearer ${running.controlToken} x` } })],
  [
    'the token of the provider’s administrator',
    () => ({ headers: { authorization: `Bearer ${running.sandbox.fixtures.administratorToken}` } }),
  ],
  [
    'the token in the address',
    () => ({ path: `/world?token=${running.controlToken}`, method: 'GET', headers: { authorization: '' } }),
  ],
  ['a very long token', () => ({ headers: { authorization: `Bearer ${'x'.repeat(8000)}` } })],
  ['a form', () => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
  ['text that looks like JSON', () => ({ headers: { 'content-type': 'text/plain; application/json' } })],
  ['no content type', () => ({ headers: { 'content-type': '' } })],
  [
    'a body that is too large',
    () => ({ body: JSON.stringify({ decision: 'accept', reason: 'x'.repeat(70_000) }) }),
  ],
  [
    'a body that is too large, without a Content-Length',
    () => ({ body: ['{"decision":"accept","reason":"', ...Array(80).fill('x'.repeat(1000)), '"}'] }),
  ],
  ['a compressed body', () => ({ headers: { 'content-encoding': 'gzip' }, body: '\u001f\u008b' })],
  ['deeply nested JSON', () => ({ body: deep })],
  [
    'deeply nested JSON in a fault',
    () => ({ path: '/faults', body: `{"operation":"*","kind":"status","status":${deep}}` }),
  ],
  ['a decision in the prototype', () => ({ body: '{"__proto__":{"decision":"accept"}}' })],
  ['a prototype beside a decision', () => ({ body: '{"decision":"accept","__proto__":{"polluted":true}}' })],
  [
    'a prototype inside a snapshot',
    () => ({ path: '/snapshot', method: 'PUT', body: '{"merchants":{"__proto__":{"polluted":true}}}' }),
  ],
  ['an invalid snapshot', () => ({ path: '/snapshot', method: 'PUT', body: '{"merchants":{}}' })],
  [
    'a decision in a constructor',
    () => ({ body: '{"constructor":{"prototype":{"polluted":true}},"decision":"accept"}' }),
  ],
  ['a decision in a list', () => ({ body: '["accept"]' })],
  ['a property of every object as merchant', () => ({ path: '/merchants/constructor/decision' })],
  ['a prototype as merchant', () => ({ path: '/merchants/__proto__/decision' })],
  ['a property of every object as sandbox', () => ({ path: '/s/constructor/world', method: 'GET' })],
  ['a path as the name of a sandbox', () => ({ path: '/sandboxes', body: '{"id":"../default"}' })],
  [
    'a property of every object as fault kind',
    () => ({ path: '/faults', body: '{"operation":"*","kind":"constructor"}' }),
  ],
  [
    'a property of every object as operation',
    () => ({ path: '/faults', body: '{"operation":"toString","kind":"reset"}' }),
  ],
  [
    'a fault with an unknown property',
    () => ({
      path: '/faults',
      body: '{"operation":"*","kind":"status","status":503,"run":"process.exit()"}',
    }),
  ],
  ['a decision by GET', () => ({ method: 'GET', path: `/merchants/${merchantId}/decision?decision=accept` })],
  [
    'a decision by a GET that claims to be a POST',
    () => ({ method: 'GET', headers: { 'x-http-method-override': 'POST' } }),
  ],
  ['a decision by PUT', () => ({ method: 'PUT' })],
  ['a decision by PATCH', () => ({ method: 'PATCH' })],
  ['a trace', () => ({ method: 'TRACE', path: '/world' })],
  ['a path to a parent folder', () => ({ method: 'GET', path: '/page.js/../../package.json' })],
  ['an encoded path to a parent folder', () => ({ method: 'GET', path: '/%2e%2e/%2e%2e/package.json' })],
  ['a path that contains another host', () => ({ method: 'GET', path: '//evil.example/world' })],
  ['a snapshot without reveal=true', () => ({ method: 'GET', path: '/snapshot' })],
  ['an unknown parameter', () => ({ method: 'GET', path: `/merchants/${merchantId}?unmask=true` })],
];

test.each(hostile)('the control API refuses %s', async (_, trick) => {
  const before = JSON.stringify(running.sandbox.snapshot());
  const response = await sendToControl(running, acceptRequest(trick(new URL(running.controlUrl).port)));
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(response.headers['access-control-allow-origin']).toBeUndefined();
  expect(response.text).not.toContain(running.sandbox.fixtures.administratorToken);
  expect(JSON.stringify(running.sandbox.snapshot())).toBe(before);
  expect(running.sandboxes.list()).toHaveLength(1);
  expect({}).not.toHaveProperty('polluted');
});

/** Submits a case with a callback URL and returns the callback. */
async function callbackTo(url: string) {
  const callbacks = { pending: url };
  const json = { distributorId, realmId, flowId, callbacks };
  const registered = await api.send('registerCallbacks', { token, json });
  if (registered.status !== 200) return undefined;
  const merchantId = await pendingMerchant(api, token);
  await running.sandbox.callbacks.drain();
  return running.sandbox.callbacks.all().find((callback) => callback.merchantId === merchantId);
}

test.each(foreignAddresses)('the sandbox does not post to %s', async (url) => {
  const callback = await callbackTo(url);
  for (const attempt of callback?.attempts ?? []) {
    expect(attempt.status).toBeUndefined();
    expect(attempt.problem).toMatch(/^The registered URL /);
  }
});

test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async (status) => {
  const target = await startReceiver();
  const receiver = await startReceiver(
    () => new Response(null, { status, headers: { location: target.url } }),
  );
  const callback = await callbackTo(receiver.url);
  expect(callback?.attempts[0]).toMatchObject({ status });
  expect(target.received).toEqual([]);
  await Promise.all([receiver.close(), target.close()]);
});

test('the control API refuses a callback to itself', async () => {
  const callback = await callbackTo(`${running.controlUrl}/merchants/${merchantId}/decision`);
  expect(callback?.attempts[0]).toMatchObject({ status: 401 });
  expect(running.sandbox.snapshot().merchants[merchantId]?.status).toBe('pending');
});

test('the table has at least thirty hostile requests', () => {
  const tried = hostile.length + foreignAddresses.length + 6;
  console.log(`${tried} hostile requests, 0 of them successful.`);
  expect(tried).toBeGreaterThanOrEqual(30);
});

test('a control API for other machines takes any name of the server, and refuses pages of other origins', async () => {
  const open = await startSandbox({ port: 0, controlPort: 0, controlHost: '0.0.0.0' });
  onTestFinished(open.close);
  const { port } = new URL(open.controlUrl);
  const authorization = `Bearer ${open.controlToken}`;
  const statusOf = async (headers: Record<string, string>) => {
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const options = {
      host: '127.0.0.1',
      port,
      path: '/clock',
      headers: { host: `sandbox:${port}`, ...headers },
    };
    get(options, (response) => resolve(response.resume().statusCode));
    return promise;
  };
  expect(await statusOf({ authorization })).toBe(200);
  expect(await statusOf({})).toBe(401);
  expect(await statusOf({ authorization, origin: 'http://evil.example' })).toBe(403);
});
