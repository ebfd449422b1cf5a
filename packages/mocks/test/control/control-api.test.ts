import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { ApiSession, flowId, pendingMerchant, readyPartner, realmId } from '../support/journey.ts';
import { patiently } from '../support/receiver.ts';
import { type ControlRequest, sendToControl } from '../support/send-to-control.ts';

let running: RunningSandbox;
let merchantId: string;

beforeAll(async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  const api = new ApiSession(fetch, running.url);
  const { token, distributorId } = await readyPartner(api, running.sandbox.fixtures.administratorToken);
  const callbacks = { pending: 'http://192.0.2.1/token-in-path' };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  merchantId = await pendingMerchant(api, token);
});
afterAll(() => running.close());

function send(path: string, request: ControlRequest = {}) {
  return sendToControl(running, { ...request, path });
}

function decide(body: unknown, id = merchantId) {
  const headers = { 'content-type': 'application/json' };
  return send(`/merchants/${id}/decision`, { method: 'POST', headers, body: JSON.stringify(body) });
}

test('fixtures, merchants and callbacks are listed without personal data', async () => {
  expect(await send('/health')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  expect(JSON.parse((await send('/world')).text)).toEqual(running.sandbox.fixtures);
  const merchants = await send('/merchants');
  expect(JSON.parse(merchants.text)).toMatchObject([{ id: merchantId, signzyAppId: 'EXAMPLE-0001' }]);
  const callbacks = await send('/callbacks');
  expect(JSON.parse(callbacks.text)).toMatchObject([{ event: 'pending', url: 'http://192.0.2.1/…' }]);
  for (const secret of ['Asha', 'token-in-path', '/al/'])
    expect(merchants.text + callbacks.text).not.toContain(secret);
});

test('a case can be decided once, and a disallowed decision is refused', async () => {
  expect(await decide({ decision: 'reject', reason: 'blurred' })).toMatchObject({ status: 200 });
  expect(running.sandbox.snapshot().merchants[merchantId]?.decision).toMatchObject({ reason: 'blurred' });
  const again = await decide({ decision: 'reject' });
  expect(again).toMatchObject({
    status: 409,
    text: expect.stringContaining(`Merchant ${merchantId} has the status reject`),
  });
  expect(await decide({ decision: 'accept' }, 'constructor')).toMatchObject({ status: 404 });
});

test.each([
  [{}],
  [{ decision: 'maybe' }],
  [{ decision: 'accept', actionBy: 7 }],
  [{ decision: 'accept', by: 'x' }],
  [[]],
  [null],
])('the decision %j is refused', async (body) => expect(await decide(body)).toMatchObject({ status: 400 }));

function advance(body: unknown) {
  const headers = { 'content-type': 'application/json' };
  return send('/clock/advance', { method: 'POST', headers, body: JSON.stringify(body) });
}

test('the clock can be moved forward', async () => {
  const before = running.sandbox.clock.now();
  const response = await advance({ seconds: 3600 });
  expect(response.status).toBe(200);
  const { now } = JSON.parse(response.text);
  expect(now).toBeGreaterThanOrEqual(before + 3_600_000);
  expect(running.sandbox.clock.now()).toBeGreaterThanOrEqual(now);
});

test('the clock can be moved forward by milliseconds', async () => {
  const before = running.sandbox.clock.now();
  expect(await advance({ seconds: 1.001 })).toMatchObject({ status: 200 });
  expect(running.sandbox.clock.now()).toBeGreaterThanOrEqual(before + 1001);
});

test('a HEAD gets what a GET gets, without the body, and takes no callback', async () => {
  const open = { method: 'HEAD', headers: { authorization: '' } };
  for (const path of ['/health', '/'])
    expect(await send(path, open)).toMatchObject({ status: 200, text: '' });
  expect(await send('/merchants', open)).toMatchObject({ status: 401 });
  expect(await send('/merchants', { method: 'HEAD' })).toMatchObject({
    status: 200,
    headers: { 'sandbox-total': '1' },
  });
  await running.sandbox.callbacks.drain();
  expect(await send('/callbacks/next', { method: 'HEAD' })).toMatchObject({ status: 200 });
  expect(await running.sandbox.callbacks.next({}, { ...patiently, peek: true })).toMatchObject({
    merchantId,
  });
});

test('the scheme of the token may be written in any case', async () => {
  const authorization = `bearer ${running.controlToken}`;
  expect(await send('/merchants', { headers: { authorization } })).toMatchObject({ status: 200 });
});

test.each([
  [{}],
  [{ seconds: 0 }],
  [{ seconds: -1 }],
  [{ seconds: 0.0005 }],
  [{ seconds: '1' }],
  [{ seconds: 1, minutes: 1 }],
  [{ seconds: 1e300 }],
  [{ seconds: 0xffff_ffff }],
  [[]],
  [null],
])('the clock refuses %j', async (body) => {
  const { status, text } = await advance(body);
  expect(status).toBe(400);
  expect(JSON.parse(text)).toMatchObject({
    detail: expect.stringMatching(/seconds|clock|The body is wrong/),
  });
});

test('due callbacks are posted on request', async () => {
  const drained = await send('/callbacks/drain', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  expect(JSON.parse(drained.text)[0].attempts[0].problem).toContain('allowedCallbackHosts');
});

const refused: readonly (readonly [string, ControlRequest, number])[] = [
  ['a foreign name that resolves to this machine', { headers: { host: 'evil.example' } }, 403],
  ['a Host that only looks like this machine', { headers: { host: 'localhost.evil.example' } }, 403],
  ['a page of another origin', { headers: { origin: 'http://evil.example' } }, 403],
  ['a page without an origin', { headers: { origin: 'null' } }, 403],
  ['a cross-site fetch', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  ['no token', { headers: { authorization: '' } }, 401],
  ['another token', { headers: { authorization: 'Bearer x' } }, 401],
  ['a form', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }, 415],
];

test.each(refused)('every path refuses %s', async (_, request, status) => {
  for (const path of ['/world', '/sandboxes', '/callbacks/drain', '/clock/advance', '/nothing']) {
    const response = await send(path, request);
    expect(response.status).toBe(status);
    expect(JSON.parse(response.text)).toMatchObject({ status, detail: expect.any(String) });
    expect(response.text).not.toContain(running.sandbox.fixtures.administratorToken);
  }
});

test('a request of the own page is accepted', async () => {
  const headers = { origin: running.controlUrl, 'sec-fetch-site': 'same-origin' };
  expect(await send('/world', { headers })).toMatchObject({ status: 200 });
});

test('a body that is too large and an unknown path are refused', async () => {
  expect(await advance({ seconds: 1, reason: 'x'.repeat(70_000) })).toMatchObject({ status: 413 });
  expect(await decide({ decision: 'accept', reason: 'x'.repeat(70_000) })).toMatchObject({ status: 413 });
  expect(await send('/nothing')).toMatchObject({ status: 404 });
});

test.each([
  ['/health', {}, 200],
  ['/', {}, 200],
  ['/nothing', {}, 404],
  ['/world', { headers: { authorization: '' } }, 401],
  ['/world', { headers: { host: 'evil.example' } }, 403],
  ['/faults/none', { method: 'DELETE', headers: { 'content-type': 'application/json' } }, 404],
] as const)('every response has the headers sandbox and no-store: %s %j', async (path, request, status) => {
  const response = await send(path, request);
  expect(response.status).toBe(status);
  expect(response.headers).toMatchObject({ sandbox: 'true', 'cache-control': 'no-store' });
});

test('the journal refuses an operation that does not exist, by name', async () => {
  for (const path of ['/journal', '/journal/har'])
    expect(await send(`${path}?operation=pulMerchant`)).toMatchObject({
      status: 400,
      text: expect.stringContaining('Unknown operation'),
    });
});
