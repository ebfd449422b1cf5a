import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import {
  createReceiver,
  type IncomingCallback,
  type ReceiverOptions,
  StoreBusyError,
} from '../../src/receiver.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { memoryStore } from '../support/memory-store.ts';

afterEach(() => void vi.unstubAllGlobals());

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

test('the receiver works as a fetch handler with a store of the caller', async () => {
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
])('the receiver responds 503 with Retry-After if %s', async (_, keep) => {
  const { post } = receiver({ store: { keep, probe: async () => {} } });
  const response = await post(callback('accept'));
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
    503,
    '5',
    '{"error":"Not stored. Send it again later."}',
  ]);
});

test('the receiver responds 503 if the store is silent for 10 s, and reports a later commit', async () => {
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
