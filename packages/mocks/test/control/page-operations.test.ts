import { requests } from '@partner-ecosystem/openapi/examples';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createControl, type SandboxControl, type ServerControl } from '../../src/control-client.ts';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { ApiSession, flowId, pushOf, readyPartner, realmId } from '../support/journey.ts';

let running: RunningSandbox;
let control: SandboxControl;
let server: ServerControl;
let merchantId: string;
let token: string;
const secretUrl = 'http://127.0.0.1:9/hook/not-a-real-secret';

beforeEach(async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  const { controlUrl: url, controlToken, sandbox } = running;
  const all = createControl({ url, token: controlToken });
  server = all.server;
  control = all.sandbox();
  const api = new ApiSession(fetch, running.url);
  const partner = await readyPartner(api, sandbox.fixtures.administratorToken);
  ({ token } = partner);
  const callbacks = { accept: secretUrl };
  await api.send('registerCallbacks', {
    token,
    json: { distributorId: partner.distributorId, realmId, flowId, callbacks },
  });
  const { body } = await api.send('createMerchant', { token, json: requests.createMerchant.customer });
  merchantId = `${body['id']}`;
  await api.send('pushMerchant', { token, json: pushOf(merchantId) });
});
afterEach(() => running.close());

/** Returns the data of a successful call. */
async function ok<Data>(call: Promise<{ data?: Data; error?: unknown }>): Promise<Data> {
  const { data, error } = await call;
  expect(error).toBeUndefined();
  return data as Data;
}

test('a decision that names an older state of the case is refused, and changes nothing', async () => {
  const params = { path: { merchantId } };
  const { revision } = await ok(control.GET('/merchants/{merchantId}', { params }));
  // Status and number of pages stay the same: only a value differs.
  const push = pushOf(merchantId);
  const changed = { ...push, data: push.data.map((item, at) => (at === 0 ? withOtherValue(item) : item)) };
  await new ApiSession(fetch, running.url).send('pushMerchant', { token, json: changed });
  const body = { decision: 'accept', revision } as const;
  const refused = await control.POST('/merchants/{merchantId}/decision', { params, body });
  expect(refused.error).toMatchObject({ status: 409, detail: expect.stringContaining('has changed') });
  const [listed] = await ok(control.GET('/merchants'));
  expect(listed).toMatchObject({ status: 'pending', revision: expect.not.stringMatching(revision) });
  const now = { decision: 'accept', revision: listed?.revision ?? '' } as const;
  expect(await ok(control.POST('/merchants/{merchantId}/decision', { params, body: now }))).toMatchObject({
    status: 'accept',
  });
});

function withOtherValue<Item extends { readonly data: object }>(item: Item): Item {
  return { ...item, data: { ...item.data, [Object.keys(item.data)[0] ?? '']: 'Example changed' } };
}

test('a case names the origins of the URLs that its partner registered, without their paths', async () => {
  const { callbackUrls } = await ok(
    control.GET('/merchants/{merchantId}', { params: { path: { merchantId } } }),
  );
  expect(callbackUrls).toEqual({ accept: 'http://127.0.0.1:9/…' });
});

test('the journal names the case of each entry, and shows one request with masked headers and bodies', async () => {
  const entries = await ok(control.GET('/journal'));
  const created = entries.find(({ operation }) => operation === 'createMerchant');
  const { signzyAppId } = requests.createMerchant.customer;
  expect(created).toMatchObject({ merchantId, signzyAppId });
  expect(entries.find(({ operation }) => operation === 'pushMerchant')).toMatchObject({ merchantId });
  const path = { entryId: created?.id ?? 0 };
  const masked = await ok(control.GET('/journal/{entryId}', { params: { path } }));
  expect(masked).toMatchObject({
    method: 'POST',
    url: `${running.url}/api/distributors/createMerchant`,
    headers: { authorization: '[header]', 'content-type': 'application/json' },
    request: { name: '[PII]', signzyAppId },
    revealed: false,
  });
  expect(JSON.stringify(masked)).not.toContain(token);
  const shown = await ok(control.GET('/journal/{entryId}', { params: { path, query: { reveal: true } } }));
  expect(shown).toMatchObject({
    headers: { authorization: token },
    request: requests.createMerchant.customer,
    response: { id: merchantId },
  });
  const unknown = await control.GET('/journal/{entryId}', { params: { path: { entryId: 9999 } } });
  expect(unknown.error).toMatchObject({ status: 404 });
});

test('the time of a request includes the delay of a fault', async () => {
  running.sandbox.faults.add({ operation: 'createPartner', kind: 'latency', delay: '40ms' });
  const { administratorToken } = running.sandbox.fixtures;
  const json = { ...requests.loginPartner.credentials, username: 'example-late' };
  await new ApiSession(fetch, running.url).send('createPartner', { token: administratorToken, json });
  const { id = 0 } = running.sandbox.journal().at(-1) ?? {};
  expect(running.sandbox.exchange(id)?.tookMs).toBeGreaterThanOrEqual(40);
});

test('a callback shows how it is posted, and its whole URL only if the request reveals it', async () => {
  running.sandbox.backOffice.accept(merchantId);
  await running.sandbox.callbacks.drain();
  const [callback] = await ok(control.GET('/callbacks', { params: { query: { event: 'accept' } } }));
  expect(callback).toMatchObject({
    url: 'http://127.0.0.1:9/…',
    request: { method: 'POST', headers: { 'content-type': 'application/json' } },
    faults: [],
    attempts: [{ startedAt: expect.any(Number) }],
  });
  const params = { path: { callbackId: callback?.id ?? '' }, query: { reveal: true } };
  expect(await ok(control.GET('/callbacks/{callbackId}', { params }))).toMatchObject({ url: secretUrl });
});

test('sample cases are pending, and their callbacks go to the URL that a partner has registered', async () => {
  const created = await ok(control.POST('/merchants', { body: { number: 2 } }));
  expect(created.map(({ signzyAppId, status }) => [signzyAppId, status])).toEqual([
    ['SAMPLE-0002', 'pending'],
    ['SAMPLE-0003', 'pending'],
  ]);
  const params = { path: { merchantId: created[0]?.id ?? '' } };
  expect(await ok(control.GET('/merchants/{merchantId}', { params }))).toMatchObject({
    callbackUrls: { accept: 'http://127.0.0.1:9/…' },
  });
  running.sandbox.faults.add({ operation: 'pushMerchant', kind: 'status', status: 503 });
  const refused = await control.POST('/merchants', { body: {} });
  expect(refused.error).toMatchObject({ status: 409, detail: expect.stringContaining('Remove the fault') });
});

test('the count of changes stays the same exactly while nothing happens', async () => {
  const changes = async () => (await ok(control.GET('/clock'))).changes;
  const before = await changes();
  await ok(control.GET('/merchants'));
  expect(await changes()).toBe(before);
  running.sandbox.backOffice.accept(merchantId);
  const after = await changes();
  expect(after).toBeGreaterThan(before);
  running.sandbox.reset();
  expect(await changes()).toBeGreaterThan(after);
});

test('one sandbox can be read by its id', async () => {
  const read = (sandboxId: string) =>
    server.GET('/sandboxes/{sandboxId}', { params: { path: { sandboxId } } });
  expect(await ok(read('default'))).toMatchObject({ id: 'default', url: `${running.url}/s/default` });
  expect((await read('unknown')).error).toMatchObject({ status: 404 });
});
