import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CallbackServer, CallbackServerEvent } from '../../src/index.ts';
import { callback } from '../support/callbacks.ts';
import { soon } from '../support/delivery-delays.ts';
import { eventually } from '../support/eventually.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

const hour = 3_600_000;

interface Posted {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Starts a forwarding target that responds with each status in turn, and then with 200. */
async function startTarget(...statuses: number[]): Promise<{ url: string; posted: Posted[] }> {
  const posted: Posted[] = [];
  const target = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    posted.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
    outgoing.writeHead(statuses.shift() ?? 200, { location: '/elsewhere' }).end();
  });
  const { url, close } = await listenOnFreePort(target);
  onTestFinished(close);
  return { url: `${url}/callbacks`, posted };
}

test('the server forwards the exact bytes, signed, until the target responds with 2xx', async () => {
  const { url, posted } = await startTarget(500, 302, 200);
  const forwardSecret = 'bm90IGEgcmVhbCBzaWduaW5nIHNlY3JldA==';
  const { server, post } = await startServer({ forwardUrl: url, forwardSecret, deliveryDelaysMs: soon });
  const body = ` ${callback('accept', { name: 'Āsha' })}`;
  await post('accept', body, {
    headers: { 'content-type': 'application/json', authorization: 'not for you' },
  });
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('taken'),
  );

  expect(posted.map((each) => each.body)).toEqual([body, body, body]);
  const [kept] = await server.callbacks.list();
  expect(kept?.deliveries[0]?.attempts.map(({ outcome }) => outcome)).toEqual([
    'responded 500',
    'responded 302',
    'taken',
  ]);
  for (const { headers } of posted) {
    expect(headers).toMatchObject({
      'idempotency-key': kept?.id,
      'callback-event': 'accept',
      'callback-verdict': 'valid',
    });
    expect(headers).not.toHaveProperty('authorization');
    expect(() => new Webhook(forwardSecret).verify(body, headers as Record<string, string>)).not.toThrow();
  }
});

test('a callback goes to its handler and to the target, each until it is taken', async () => {
  const { url, posted } = await startTarget();
  const handler = vi.fn();
  const { server, post } = await startServer({ forwardUrl: url, deliveryDelaysMs: soon }, (server) =>
    server.on('accept', handler),
  );
  await post('accept', callback('accept'));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries.map(({ route, state }) => [route, state])).toEqual([
      ['forward', 'taken'],
      ['handler', 'taken'],
    ]),
  );
  expect([handler.mock.calls.length, posted.length]).toEqual([1, 1]);
});

test('a server without a forward URL leaves deliveries to that URL waiting, and makes other deliveries', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const broken = await startTarget(...Array(100).fill(500));
  const first = await startServer({ databaseUrl, forwardUrl: broken.url, deliveryDelaysMs: [1, hour] });
  const outcomes = async (server: CallbackServer) =>
    (await server.callbacks.list()).at(-1)?.deliveries[0]?.attempts.map(({ outcome }) => outcome);
  await first.post('accept', callback('accept'));
  await eventually(async () =>
    expect(await outcomes(first.server)).toEqual(['responded 500', 'responded 500']),
  );
  await first.server.stop();

  const handler = vi.fn();
  const events: CallbackServerEvent[] = [];
  const second = await startServer({ databaseUrl, onEvent: (event) => void events.push(event) }, (server) =>
    server.on('accept', handler),
  );
  await eventually(() =>
    expect(events).toContainEqual({ type: 'store-notice', code: 'ROUTES_MISSING', routes: ['forward'] }),
  );
  await second.post('accept', callback('accept', { id: 'another' }));
  await eventually(() => expect(handler).toHaveBeenCalledOnce());
  expect(await outcomes(second.server)).toEqual(['responded 500', 'responded 500']);
  expect(await second.server.metrics()).toContain('callback_server_blocked_merchants{route="forward"} 1');
  await second.server.stop();
});

test('after an outage of the target, deliveries do not wait out their delays', async () => {
  const { url, posted } = await startTarget(...Array(12).fill(503));
  const { server, post } = await startServer({ forwardUrl: url, deliveryDelaysMs: [hour, hour, hour] });
  const merchants = Array.from({ length: 25 }, (_, number) => `merchant ${number}`);
  const postAll = async (ids: readonly string[]) => {
    for (const id of ids) await post('accept', callback('accept', { id }));
  };
  await postAll(merchants.slice(0, 10));
  await eventually(async () => expect(await server.metrics()).toMatch(/circuit\{route="forward"\} [^0]/));
  // Of these, only one at a time is tried until the target works again.
  await postAll(merchants.slice(10));
  await eventually(async () =>
    expect((await server.callbacks.list()).map(({ deliveries }) => deliveries[0]?.state)).toEqual(
      merchants.map(() => 'taken'),
    ),
  );
  expect(posted).toHaveLength(12 + merchants.length);
});
