import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import {
  createReceiver,
  type IncomingCallback,
  type ReceiverOptions,
  StoreBusyError,
} from '../../src/receiver.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/running-server.ts';

afterEach(() => void vi.unstubAllGlobals());

/** Stores callbacks in memory, which is enough for a test only. */
function memoryStore() {
  const kept = new Map<string, IncomingCallback>();
  return {
    kept,
    keep: async (callback: IncomingCallback) => {
      const isNew = !kept.has(callback.dedupKey);
      if (isNew) kept.set(callback.dedupKey, callback);
      return { id: callback.dedupKey, isNew };
    },
    probe: async () => {},
  };
}

function receiver(options: Partial<ReceiverOptions> = {}) {
  const store = memoryStore();
  const { fetch } = createReceiver({ callbackTokens: [token], store, ...options });
  const post = async (body: string, path = `/callbacks/${token}/accept`) =>
    fetch(
      new Request(`https://callbacks.example${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      }),
    );
  return { ...store, post };
}

test("receives as a fetch handler, with the caller's own store", async () => {
  const { post, kept } = receiver();
  for (const id of ['one', 'two', 'one']) expect((await post(callback('accept', { id }))).status).toBe(200);
  expect([...kept.values()].map(({ merchantId, verdict }) => [merchantId, verdict])).toEqual([
    ['one', 'valid'],
    ['two', 'valid'],
  ]);
});

test("Web Crypto gives the same hashes and keys as Node's crypto", async () => {
  const texts = [callback('accept'), callback('accept', { actionTime: 1 }), 'not JSON'];
  const withNode = receiver();
  for (const text of texts) await withNode.post(text);

  vi.stubGlobal('process', undefined);
  vi.resetModules();
  const { createReceiver } = await import('../../src/receiver.ts');
  const store = memoryStore();
  const { fetch } = createReceiver({ callbackTokens: ['another-fake-token-1', token], store });
  const post = (path: string, body: string) =>
    fetch(
      new Request(`https://callbacks.example/callbacks/${path}/accept`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      }),
    );
  for (const text of texts) expect((await post(token, text)).status).toBe(200);
  expect((await post(`${token.slice(0, -1)}x`, texts[0] ?? '')).status).toBe(404);

  const said = ({ kept }: { kept: Map<string, IncomingCallback> }) =>
    [...kept.values()].map(({ dedupKey, bodySha256, verdict }) => [dedupKey, bodySha256, verdict]);
  expect(said(store)).toEqual(said(withNode));
});

test('the receiver imports no Node module', () => {
  const seen = new Set<string>();
  const specifiers: string[] = [];
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)[^;]*?from "([^"]+)"/gm,
    ))
      if (specifier.startsWith('.')) visit(fileURLToPath(new URL(specifier, `file://${file}`)));
      else specifiers.push(specifier);
  };
  visit(fileURLToPath(new URL('../../dist/receiver.js', import.meta.url)));
  expect(specifiers).toContain('hono');
  expect(
    [...new Set(specifiers)].filter((name) => !/^(hono|@partner-ecosystem\/openapi)(\/|$)/.test(name)),
  ).toEqual([]);
});

test.each<[string, () => Promise<never>]>([
  ['too much waits to be kept', () => Promise.reject(new StoreBusyError())],
  ['the disk is full', () => Promise.reject(Object.assign(new Error('disk is full'), { code: 'SQLITE_13' }))],
  ['the store is down', () => Promise.reject(new Error('connect ECONNREFUSED'))],
  [
    'the store throws at once',
    () => {
      throw new TypeError('not a store');
    },
  ],
])('responds 503 with Retry-After if %s', async (_, keep) => {
  const { post } = receiver({ store: { keep, probe: async () => {} } });
  const response = await post(callback('accept'));
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
    503,
    '5',
    '{"error":"Not stored. Send it again later."}',
  ]);
});

test.each<[ReturnType<NonNullable<ReceiverOptions['state']>>, number, number]>([
  ['open', 200, 200],
  ['draining', 200, 503],
  ['stopping', 503, 503],
  ['disk-full', 503, 503],
])('in state %s a callback gets %i and readiness gets %i', async (state, received, ready) => {
  const store = memoryStore();
  const { fetch } = createReceiver({ callbackTokens: [token], store, state: () => state });
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', body: callback('accept'), headers };
  expect((await fetch(new Request(`https://x.example/callbacks/${token}`, init))).status).toBe(received);
  expect((await fetch(new Request('https://x.example/health/ready'))).status).toBe(ready);
  expect((await fetch(new Request('https://x.example/health/live'))).status).toBe(200);
  expect(store.kept.size).toBe(received === 200 ? 1 : 0);
});

test('is not ready if a write fails', async () => {
  const faults: unknown[] = [];
  const { fetch } = createReceiver({
    callbackTokens: [token],
    store: { ...memoryStore(), probe: () => Promise.reject(new Error('read-only')) },
    onFault: (error) => faults.push(error),
  });
  expect((await fetch(new Request('https://x.example/health/ready'))).status).toBe(503);
  expect(faults).toHaveLength(1);
});

test('responds 503 if the store is silent for 10 s, and reports a later commit', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const stuck = Promise.withResolvers<{ id: string; isNew: boolean }>();
  const asked = Promise.withResolvers<void>();
  const reported: string[] = [];
  const { post } = receiver({
    store: {
      probe: async () => {},
      keep: () => {
        asked.resolve();
        return stuck.promise;
      },
    },
    onKept: (_, { id }) => reported.push(id),
    onRefused: ({ reasons }) => reported.push(...reasons),
  });
  const response = post(callback('accept'));
  await asked.promise;
  await vi.advanceTimersByTimeAsync(10_000);
  expect((await response).status).toBe(503);
  stuck.resolve({ id: 'late', isNew: true });
  await eventually(() => expect(reported).toEqual(['store', 'late']));
});

test('concurrent readiness requests share one write', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let writes = 0;
  let write = Promise.resolve();
  const probe = () => {
    writes += 1;
    return write;
  };
  const { fetch } = createReceiver({ callbackTokens: [token], store: { ...memoryStore(), probe } });
  const ready = async () => (await fetch(new Request('https://x.example/health/ready'))).status;
  expect(await Promise.all([ready(), ready(), ready()])).toEqual([200, 200, 200]);
  expect(writes).toBe(1);

  write = new Promise(() => {});
  await vi.advanceTimersByTimeAsync(1001);
  const waiting = [ready(), ready()];
  await vi.advanceTimersByTimeAsync(5000);
  expect(await Promise.all(waiting)).toEqual([503, 503]);
  const again = ready();
  await vi.advanceTimersByTimeAsync(5000);
  expect(await again).toBe(503);
  expect(writes).toBe(2);
});

test('reads at most the maximum of a body, also with a small Content-Length', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
  });
  const { fetch } = createReceiver({ callbackTokens: [token], store: memoryStore(), maxBodyBytes: 10_000 });
  const headers = { 'content-type': 'application/json', 'content-length': '5' };
  const init = { method: 'POST', body: endless, headers, duplex: 'half' as const };
  expect((await fetch(new Request(`https://x.example/callbacks/${token}`, init))).status).toBe(413);
  expect(sent).toBeLessThan(20_000);
});

test('a body that a parser has read gets 503 and a named fault', async () => {
  const faults: unknown[] = [];
  const reasons: string[] = [];
  const { fetch } = createReceiver({
    callbackTokens: [token],
    store: memoryStore(),
    onFault: (error) => faults.push(error),
    onRefused: (refusal) => reasons.push(...refusal.reasons),
  });
  const headers = { 'content-type': 'application/json' };
  const request = () =>
    new Request(`https://x.example/callbacks/${token}`, {
      method: 'POST',
      body: callback('accept'),
      headers,
    });
  const [read, locked] = [request(), request()];
  await read.json();
  locked.body?.getReader();
  for (const consumed of [read, locked]) {
    const response = await fetch(consumed);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  }
  expect(faults).toMatchObject([{ name: 'BodyConsumedError' }, { name: 'BodyConsumedError' }]);
  expect(reasons).toEqual(['consumed', 'consumed']);
});

test.each<[string, (incoming: IncomingMessage) => Promise<unknown>]>([
  ['as text', text],
  ['until its first bytes', (incoming) => once(incoming, 'data').then(() => incoming.pause())],
])('in an app on Node, a body that was read %s gets 503', async (_, parse) => {
  const events: object[] = [];
  const { server } = await startServer({ onEvent: (event) => events.push(event) });
  const listener = getRequestListener(server.app.fetch, { overrideGlobalObjects: false });
  const parsing = createServer((incoming, outgoing) =>
    parse(incoming).then(() => listener(incoming, outgoing)),
  );
  await using app = await listenOnFreePort(parsing);
  const response = await fetch(`${app.url}/callbacks/${token}/accept`, {
    method: 'POST',
    body: callback('accept'),
    headers: { 'content-type': 'application/json' },
  });
  expect(response.status).toBe(503);
  expect(events).toEqual([
    { type: 'fault', name: 'BodyConsumedError' },
    { type: 'refused', reasons: ['consumed'], status: 503 },
  ]);
});

test('refuses an encoded body with 415', async () => {
  const { fetch } = createReceiver({ callbackTokens: [token], store: memoryStore() });
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const init = { method: 'POST', body: 'compressed', headers };
  expect((await fetch(new Request(`https://x.example/callbacks/${token}`, init))).status).toBe(415);
});
