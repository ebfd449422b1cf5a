import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, test } from 'vitest';
import { createReceiver } from '../../src/receiver.ts';
import { callback, token } from '../support/callbacks.ts';
import { memoryStore } from '../support/memory-store.ts';
import { startServer } from '../support/running-server.ts';

test('the receiver reads at most the maximum of a body, even with a small Content-Length', async () => {
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

test('the receiver refuses an encoded body with 415', async () => {
  const { fetch } = createReceiver({ callbackTokens: [token], store: memoryStore() });
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const init = { method: 'POST', body: 'compressed', headers };
  expect((await fetch(new Request(`https://x.example/callbacks/${token}`, init))).status).toBe(415);
});
