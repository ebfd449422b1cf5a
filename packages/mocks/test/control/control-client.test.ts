import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { type Control, createControl } from '../../src/control-client.ts';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { ApiSession, flowId, pendingMerchant, pullOf, readyPartner, realmId } from '../support/journey.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const description = parse(await readFile(new URL('../../control-api/openapi.yaml', import.meta.url), 'utf8'));

const realFetch = globalThis.fetch;

let running: RunningSandbox;
let receiver: Receiver;
let control: Control;
let merchantId: string;

beforeEach(async () => {
  running = await startSandbox({ port: 0, controlPort: 0 });
  receiver = await startReceiver();
  vi.spyOn(globalThis, 'fetch').mockImplementation(validatingFetch(realFetch));
  control = createControl({ url: running.controlUrl, token: running.controlToken });
  merchantId = await submitMerchant(running.url, running.sandbox.fixtures.administratorToken);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all([running.close(), receiver.close()]);
});

/** Submits a merchant as a partner with URLs for all callbacks. */
async function submitMerchant(url: string, administratorToken: string): Promise<string> {
  const api = new ApiSession(fetch, url);
  const { token, distributorId } = await readyPartner(api, administratorToken);
  const callbacks = { pending: receiver.url, accept: receiver.url, reject: receiver.url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  return pendingMerchant(api, token);
}

/** Wraps `fetch`, and validates the responses of the control API against its description. */
function validatingFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!(input instanceof Request) || !input.url.startsWith(running.controlUrl)) return response;
    const path = new URL(input.url).pathname.replace(/^\/s\/[^/]+/, '');
    const [template] = Object.keys(description.paths)
      .filter((each) => new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
      .sort((one, other) => one.split('{').length - other.split('{').length);
    const described =
      description.paths[template ?? ''][input.method.toLowerCase()].responses[response.status];
    expect(described, `${input.method} ${template} ${response.status}`).toBeDefined();
    const schema = Object.values(Object(described.content))[0];
    if (schema) expectValid(Object(schema).schema, await response.clone().json());
    return response;
  };
}

function expectValid(schema: object, value: unknown): void {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const [name, component] of Object.entries(description.components.schemas))
    ajv.addSchema(Object(component), `#/components/schemas/${name}`);
  const validate = ajv.compile(schema);
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
}

/** Returns the data of a successful call. */
async function ok<Data>(call: Promise<{ data?: Data; error?: unknown }>): Promise<Data> {
  const { data, error } = await call;
  expect(error).toBeUndefined();
  return data as Data;
}

const path = () => ({ path: { merchantId } });

test('a case is masked unless the request has reveal=true', async () => {
  const { GET } = control.sandbox();
  const masked = await ok(GET('/merchants/{merchantId}', { params: path() }));
  const query = { reveal: true };
  const shown = await ok(GET('/merchants/{merchantId}', { params: { ...path(), query } }));
  expect(masked).toMatchObject({
    revealed: false,
    status: 'pending',
    mayBecome: ['accept', 'reject', 'draft'],
  });
  expect(JSON.stringify(masked)).not.toMatch(/Asha|asha@|\/al\//);
  expect(JSON.stringify(shown)).toMatch(/Asha/);
  expect(shown.pages.map(({ pageId }) => pageId)).toEqual(masked.pages.map(({ pageId }) => pageId));
});

test('a case can be decided and reversed, and a disallowed decision is refused', async () => {
  const { GET, POST } = control.sandbox();
  const decide = (decision: 'accept' | 'reverse' | 'draft') =>
    POST('/merchants/{merchantId}/decision', { params: path(), body: { decision } });
  expect(await ok(decide('accept'))).toEqual({ merchantId, status: 'accept' });
  expect(await ok(decide('reverse'))).toEqual({ merchantId, status: 'reject' });
  expect((await decide('draft')).error).toMatchObject({ status: 409 });
  const [merchant] = await ok(GET('/merchants'));
  expect(merchant).toMatchObject({ id: merchantId, status: 'reject', mayBecome: ['accept'] });
});

test('a policy decides cases automatically', async () => {
  const { GET, POST, PUT } = control.sandbox();
  expect(await ok(GET('/policy'))).toEqual({ kind: 'manual' });
  await ok(PUT('/policy', { body: { kind: 'auto-reject', after: '1m', reason: 'closed' } }));
  expect(await ok(GET('/policy'))).toMatchObject({ kind: 'auto-reject' });
  const api = new ApiSession(fetch, running.url);
  const [token = ''] = Object.entries(running.sandbox.snapshot().tokens).flatMap(([id, { partnerId }]) =>
    partnerId ? [id] : [],
  );
  const next = await pendingMerchant(api, token);
  await ok(POST('/clock/advance', { body: { seconds: 60 } }));
  const merchants = await ok(GET('/merchants'));
  expect(merchants.find(({ id }) => id === next)?.status).toBe('reject');
});

test('a callback can be awaited, read and posted again', async () => {
  const { GET, POST } = control.sandbox();
  const next = ok(
    GET('/callbacks/next', { params: { query: { event: 'accept', merchantId, waitSeconds: 20 } } }),
  );
  await ok(POST('/merchants/{merchantId}/decision', { params: path(), body: { decision: 'accept' } }));
  const { id = '', payload } = (await next) ?? {};
  expect(payload).toMatchObject({ merchantData: { id: merchantId, status: 'accept', name: '[PII]' } });
  const params = { path: { callbackId: id } };
  const { payload: revealed } = await ok(
    GET('/callbacks/{callbackId}', { params: { ...params, query: { reveal: true } } }),
  );
  expect(revealed).toMatchObject({ merchantData: { name: expect.stringContaining('Asha') } });
  const again = await ok(POST('/callbacks/{callbackId}/redeliver', { params, body: {} }));
  expect(again.attempts.map(({ status }) => status)).toEqual([200, 200]);
  expect(receiver.received.filter(({ body }) => JSON.stringify(body).includes('"accept"'))).toHaveLength(2);
  const drained = await ok(POST('/callbacks/drain', {}));
  expect(drained.map(({ event }) => event)).toEqual(['pending', 'accept']);
});

test('a request for a callback whose sender has gone takes no callback', async () => {
  const headers = { authorization: `Bearer ${running.controlToken}` };
  const waitFor = (query: string, signal: AbortSignal | null = null) =>
    realFetch(`${running.controlUrl}/callbacks/next?event=accept&${query}`, { headers, signal });
  const leaving = new AbortController();
  const gone = waitFor('waitSeconds=30', leaving.signal);
  await waitFor('waitSeconds=0'); // The server has then received the first request too.
  leaving.abort();
  await expect(gone).rejects.toThrow();
  await waitFor('waitSeconds=0');
  running.sandbox.backOffice.accept(merchantId);
  expect(await (await waitFor('waitSeconds=20')).json()).toMatchObject({ event: 'accept', merchantId });
});

test('several callbacks can be awaited, and a peek leaves them available', async () => {
  const { GET } = control.sandbox();
  running.sandbox.backOffice.accept(merchantId);
  const take = (count: number, peek = false) =>
    ok(GET('/callbacks/take', { params: { query: { count, peek, waitSeconds: count === 2 ? 20 : 0 } } }));
  const eventsOf = (callbacks: Awaited<ReturnType<typeof take>>) => callbacks?.map(({ event }) => event);
  expect(eventsOf(await take(2, true))).toEqual(['pending', 'accept']);
  expect(await take(3)).toBeUndefined();
  expect(eventsOf(await take(2))).toEqual(['pending', 'accept']);
});

test('the wait for a callback ends without a callback', async () => {
  const query = { event: 'reject', waitSeconds: 0 } as const;
  const { response } = await control.sandbox().GET('/callbacks/next', { params: { query } });
  expect(response.status).toBe(204);
});

test('faults can be added and removed', async () => {
  const { GET, POST, DELETE } = control.sandbox();
  const { id } = await ok(POST('/faults', { body: { operation: '*', kind: 'reset', ttl: '10m', times: 1 } }));
  await expect(fetch(`${running.url}/api/distributors/login`, { method: 'POST' })).rejects.toThrow();
  expect(await ok(GET('/faults'))).toMatchObject([{ id, kind: 'reset', struck: 1 }]);
  await ok(DELETE('/faults/{faultId}', { params: { path: { faultId: id } } }));
  const gone = await DELETE('/faults/{faultId}', { params: { path: { faultId: id } } });
  expect(gone.response.status).toBe(404);
  await ok(POST('/faults', { body: { callback: 'accept', kind: 'drop' } }));
  await ok(DELETE('/faults', {}));
  expect(await ok(GET('/faults'))).toEqual([]);
  const wrong = await POST('/faults', { body: { operation: '*', kind: 'latency' } });
  expect(wrong.error).toMatchObject({ status: 400, detail: expect.stringContaining('requires delay') });
});

test('a snapshot can be restored, and a scenario can start another sandbox', async () => {
  const { GET, POST, PUT } = control.sandbox();
  const query = { reveal: true } as const;
  const snapshot = await ok(GET('/snapshot', { params: { query } }));
  await ok(POST('/merchants/{merchantId}/decision', { params: path(), body: { decision: 'accept' } }));
  await ok(PUT('/snapshot', { body: snapshot }));
  expect(await ok(GET('/merchants'))).toMatchObject([{ id: merchantId, status: 'pending' }]);
  const scenario = await ok(GET('/scenario', { params: { query } }));
  const { id } = await ok(control.server.POST('/sandboxes', { body: { id: 'second', scenario } }));
  expect(await ok(control.sandbox(id).GET('/merchants'))).toMatchObject([{ id: merchantId }]);
  const faults = [{ operation: '*', kind: 'reset' }] as const;
  const wrong = [{ operation: '*', kind: 'latency' }] as const;
  await ok(PUT('/scenario', { body: { name: 'all is lost', faults: [...faults] } }));
  expect(await ok(GET('/merchants'))).toEqual([]);
  expect(await ok(GET('/faults'))).toMatchObject(faults);
  const refused = await PUT('/scenario', { body: { name: 'wrong', faults: [...wrong] } });
  expect(refused.error).toMatchObject({ status: 400 });
  expect(await ok(GET('/faults'))).toMatchObject(faults);
  await ok(PUT('/scenario', { body: scenario }));
  expect(await ok(GET('/merchants'))).toMatchObject([{ id: merchantId, status: 'pending' }]);
});

test('the address of the control API may end with a slash', async () => {
  const slashed = createControl({ url: `${running.controlUrl}/`, token: running.controlToken });
  for (const { GET } of [slashed.sandbox(), slashed.sandbox('default')])
    expect((await GET('/clock')).response.status).toBe(200);
  expect((await slashed.server.GET('/sandboxes')).response.status).toBe(200);
});

test('the HAR has the time that each request took', async () => {
  running.sandbox.faults.add({ operation: 'loginPartner', kind: 'latency', delay: '30ms', times: 1 });
  await new ApiSession(realFetch, running.url).send('loginPartner', { json: {} });
  const { log } = await ok(control.sandbox().GET('/journal/har', { params: { query: {} } }));
  const last = Object(log.entries.at(-1));
  expect(last.time).toBeGreaterThanOrEqual(30);
  expect(last.timings).toEqual({ send: 0, wait: last.time, receive: 0 });
});

test('many sandboxes share nothing', async () => {
  const { server } = control;
  const { id, url, administratorToken } = await ok(server.POST('/sandboxes', { body: { seed: 7 } }));
  const other = await submitMerchant(url, administratorToken);
  const fork = await ok(
    server.POST('/sandboxes/{sandboxId}/fork', { params: { path: { sandboxId: id } }, body: {} }),
  );
  const decided = control.sandbox(fork.id).POST('/merchants/{merchantId}/decision', {
    params: { path: { merchantId: other } },
    body: { decision: 'draft' },
  });
  expect(await ok(decided)).toMatchObject({ status: 'draft' });
  expect(await ok(control.sandbox(id).GET('/merchants'))).toMatchObject([{ id: other, status: 'pending' }]);
  await ok(server.POST('/sandboxes/{sandboxId}/reset', { params: { path: { sandboxId: id } }, body: {} }));
  expect(await ok(control.sandbox(id).GET('/merchants'))).toEqual([]);
  const listed = await ok(server.GET('/sandboxes'));
  expect(listed.map((each) => [each.id, each.merchants])).toEqual([
    ['default', 1],
    [id, 0],
    [fork.id, 1],
  ]);
  await ok(server.DELETE('/sandboxes/{sandboxId}', { params: { path: { sandboxId: id } } }));
  expect((await control.sandbox(id).GET('/merchants')).response.status).toBe(404);
  const first = await server.DELETE('/sandboxes/{sandboxId}', { params: { path: { sandboxId: 'default' } } });
  expect(first.error).toMatchObject({ status: 409 });
});

test('journal and coverage report past events with their fidelity', async () => {
  const { GET } = control.sandbox();
  const query = { operation: 'pushMerchant', limit: 1 };
  const pulled = pullOf(merchantId, 'not-a-real-token');
  await fetch(`${running.url}${pulled.path}${pulled.query}`);
  const entries = await ok(GET('/journal', { params: { query } }));
  expect(entries).toMatchObject([
    { kind: 'request', status: 200, answeredBy: 'machine', fidelity: 'documented' },
  ]);
  const { log } = await ok(GET('/journal/har', { params: { query: {} } }));
  expect(log.entries.length).toBeGreaterThan(5);
  const urls = log.entries.map(({ request }) => Object(request).url);
  expect(urls).toContain('http://sandbox.invalid/api/distributors/createMerchant');
  expect(urls).toContain(
    `http://sandbox.invalid/api/distributors/pullMerchant/${merchantId}?realmId=${realmId}&version=1.1.0`,
  );
  expect(JSON.stringify([entries, log])).not.toMatch(/Asha|asha@|\/al\/|Not-a-real-password/);
  const { seen, operations } = await ok(GET('/coverage'));
  expect(operations['createMerchant']).toMatchObject({ 200: 1, 401: 0 });
  expect(seen).toBeGreaterThan(5);
});

test('the clock and the fixtures can be read', async () => {
  const { GET, POST } = control.sandbox();
  expect(await ok(control.server.GET('/health'))).toEqual({ status: 'ok' });
  expect(await ok(GET('/world'))).toEqual(running.sandbox.fixtures);
  const { now } = await ok(GET('/clock'));
  const later = await ok(POST('/clock/advance', { body: { seconds: 86_400 } }));
  expect(later.now - now).toBeGreaterThanOrEqual(86_400_000);
});
