import { createServer, type IncomingHttpHeaders } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  type CallbackServer,
  type CallbackServerEvent,
  createCallbackServer,
  type ReceivedCallback,
} from '../../src/index.ts';
import { openStore } from '../../src/store/open-store.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { brokenDatabase, startServer, temporaryDatabase } from '../support/running-server.ts';

const hour = 3_600_000;
const soon = Array.from({ length: 12 }, () => 1);

test('a handler that throws gets the callback again, until the handler takes the callback', async () => {
  const taken: [string, number][] = [];
  const { server, post } = await startServer({ deliveryDelaysMs: soon }, (server) =>
    server.on('accept', ({ id }, { attempt }) => {
      taken.push([id, attempt]);
      if (attempt < 3) throw new Error('asha@example.com is not in our books');
    }),
  );
  await post('accept', callback('accept'));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('taken'),
  );
  const [kept] = await server.callbacks.list();
  expect(taken).toEqual([1, 2, 3].map((attempt) => [kept?.id, attempt]));
  // A handler's message may hold personal data.
  expect(kept?.deliveries[0]?.attempts.map(({ outcome }) => outcome)).toEqual([
    'failed with Error',
    'failed with Error',
    'taken',
  ]);
});

test('drift is delivered; invalid and unparsable callbacks are not', async () => {
  const taken: ReceivedCallback[] = [];
  const { server, post } = await startServer({}, (server) =>
    server.on('accept', (received) => void taken.push(received)),
  );
  await post('accept', 'not JSON');
  await post('accept', callback('accept', { status: undefined }));
  await post('accept', callback('accept', { subStatus: 'parked' }));
  await eventually(() => expect(taken).toHaveLength(1));
  expect(taken[0]).toMatchObject({ verdict: 'drift', event: 'accept' });
  const deliveries = (await server.callbacks.list()).flatMap(({ deliveries }) => deliveries);
  expect(deliveries).toHaveLength(1);
});

test('after the last delay the delivery is dead, and stays listed', async () => {
  const { server, post } = await startServer({ deliveryDelaysMs: [1, 1] }, (server) =>
    server.on('accept', () => Promise.reject(new TypeError('no'))),
  );
  await post('accept', callback('accept'));
  await eventually(async () => expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('dead'));
  expect((await server.callbacks.list())[0]?.deliveries[0]?.attempts).toHaveLength(3);
});

test('an attempt that takes too long fails, and its signal aborts', async () => {
  let hasAborted = false;
  // Before a decision, an attempt reads the history of the merchant, which can take longer than that.
  const { server, post } = await startServer({ deliveryDelaysMs: [], attemptTimeoutMs: 20 }, (server) =>
    server.on('pending', (_, { signal }) => {
      signal.addEventListener('abort', () => {
        hasAborted = true;
      });
      return new Promise(() => {});
    }),
  );
  await post('pending', callback('pending'));
  await eventually(async () => expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('dead'));
  expect(hasAborted).toBe(true);
});

test('the signal of an attempt that has ended does not abort any more', async () => {
  const attemptTimeoutMs = 20;
  let signal: AbortSignal | undefined;
  const { server, post } = await startServer({ attemptTimeoutMs }, (server) =>
    server.on('pending', (_, context) => {
      signal = context.signal;
    }),
  );
  await post('pending', callback('pending'));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('taken'),
  );
  // A timer of the same length that was started earlier would have ended by then.
  await new Promise((resolve) => {
    setTimeout(resolve, attemptTimeoutMs);
  });
  expect(signal?.aborted).toBe(false);
});

test('callbacks of one merchant keep their order, and block no other merchant', async () => {
  const taken: string[] = [];
  let mended = false;
  const { post } = await startServer({ deliveryDelaysMs: Array(100_000).fill(1) }, (server) => {
    const handler = ({ event, payload }: ReceivedCallback) => {
      if (payload.merchantData.id === 'stuck' && !mended) throw new Error('not yet');
      taken.push(`${payload.merchantData.id} ${event}`);
    };
    for (const event of ['pending', 'accept'] as const) server.on(event, handler);
  });
  for (const event of ['pending', 'accept'] as const)
    for (const id of ['stuck', 'well']) await post(event, callback(event, { id }));
  await eventually(() => expect(taken).toEqual(['well pending', 'well accept']));
  mended = true;
  await eventually(() => expect(taken.slice(2)).toEqual(['stuck pending', 'stuck accept']));
});

test('deliveries that were not taken continue after a restart', async () => {
  const options = {
    databaseUrl: `sqlite:${temporaryDatabase()}`,
    callbackTokens: [token],
    port: 0,
    adminPort: 0,
    graceMs: 50,
    deliveryDelaysMs: soon,
  };
  const first = await createCallbackServer(options);
  first.on('accept', () => new Promise(() => {}));
  const { url } = await first.start();
  const headers = { 'content-type': 'application/json' };
  await fetch(`${url}/callbacks/${token}/accept`, { method: 'POST', body: callback('accept'), headers });
  await eventually(async () =>
    expect((await first.callbacks.list())[0]?.deliveries[0]?.state).toBe('claimed'),
  );
  await first.stop();

  const attempt = Promise.withResolvers<number>();
  await startServer(options, (second) =>
    second.on('accept', (_, context) => attempt.resolve(context.attempt)),
  );
  expect(await attempt.promise).toBe(2);
});

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

test('forwards the exact bytes, signed, until the target responds with 2xx', async () => {
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
    'answered 500',
    'answered 302',
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

test('a repeated callback is delivered once', async () => {
  const handler = vi.fn();
  const { server, post } = await startServer({}, (server) => server.on('accept', handler));
  await post('accept', callback('accept'));
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('taken'),
  );
  await post('accept', callback('accept'));
  await post('pending', callback('pending'));
  expect((await server.callbacks.list())[1]).toMatchObject({
    seenCount: 2,
    deliveries: [{ attempts: [{}] }],
  });
  expect(handler).toHaveBeenCalledTimes(1);
});

test('refuses a second handler for an event', async () => {
  const { server } = await startServer({}, (server) => server.on('accept', () => {}));
  expect(() => server.on('accept', () => {})).toThrow('Event accept has a handler');
});

test('the outcome of an attempt is recorded as soon as the store works again', async () => {
  const databaseUrl = await brokenDatabase(
    `BEFORE UPDATE ON deliveries WHEN NEW.state = 'taken' AND NOT EXISTS (SELECT 1 FROM probe)
      BEGIN SELECT RAISE(ABORT, 'cannot be recorded')`,
  );
  const failed = Promise.withResolvers<void>();
  const { server, url, post } = await startServer(
    { databaseUrl, onEvent: ({ type }) => type === 'fault' && failed.resolve() },
    (server) => server.on('accept', () => {}),
  );
  await post('accept', callback('accept'));
  await failed.promise;
  // Readiness writes the probe, and thus repairs the database.
  await fetch(`${url}/health/ready`);
  await eventually(async () =>
    expect((await server.callbacks.list())[0]?.deliveries[0]?.state).toBe('taken'),
  );
});

test('what was claimed beside a delivery that cannot be given up is claimed again', async () => {
  const databaseUrl = await brokenDatabase(
    `BEFORE UPDATE ON deliveries WHEN NEW.state = 'dead' AND NOT EXISTS (SELECT 1 FROM probe)
      BEGIN SELECT RAISE(ABORT, 'cannot be recorded')`,
  );
  const store = await openStore(databaseUrl, { onFatal: () => {} });
  for (const id of ['one', 'two']) await store.keep(incoming(id), ['handler']);
  await store.close();
  const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length));
  database.exec('UPDATE callbacks SET body = NULL WHERE sequence = 1');
  database.close();

  const failed = Promise.withResolvers<void>();
  const { server, url } = await startServer(
    { databaseUrl, onEvent: ({ type }) => type === 'fault' && failed.resolve() },
    ({ on }) => on('accept', () => {}),
  );
  await failed.promise;
  await fetch(`${url}/health/ready`);
  await eventually(async () => {
    const kept = await server.callbacks.list();
    expect(kept.map(({ deliveries }) => deliveries[0]?.state)).toEqual(['taken', 'dead']);
  });
});

test('a server without a forward URL leaves deliveries to it waiting, and goes on with other deliveries', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const broken = await startTarget(...Array(100).fill(500));
  const first = await startServer({ databaseUrl, forwardUrl: broken.url, deliveryDelaysMs: [1, hour] });
  const outcomes = async (server: CallbackServer) =>
    (await server.callbacks.list()).at(-1)?.deliveries[0]?.attempts.map(({ outcome }) => outcome);
  await first.post('accept', callback('accept'));
  await eventually(async () =>
    expect(await outcomes(first.server)).toEqual(['answered 500', 'answered 500']),
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
  expect(await outcomes(second.server)).toEqual(['answered 500', 'answered 500']);
  expect(await second.server.metrics()).toContain('callback_server_blocked_merchants{route="forward"} 1');
  await second.server.stop();
});

test('with room for one attempt, first attempts and retries take turns', async () => {
  const taken: string[] = [];
  const { post } = await startServer({ concurrency: 1, deliveryDelaysMs: soon }, (server) =>
    server.on('accept', ({ payload }, { attempt }) => {
      if (attempt < 3) throw new Error('not yet');
      taken.push(payload.merchantData.id);
    }),
  );
  const merchants = Array.from({ length: 8 }, (_, number) => `merchant ${number}`);
  for (const id of merchants) await post('accept', callback('accept', { id }));
  await eventually(() => expect(taken.sort()).toEqual(merchants));
});

test.each([
  ['its body is gone', 'UPDATE callbacks SET body = NULL WHERE sequence = 1'],
  [
    'this server lacks its key',
    'DELETE FROM keys.data_keys WHERE id IN (SELECT data_key FROM callbacks WHERE sequence = 1)',
  ],
])('with room for one attempt, a callback delays no other if %s', async (_, damage) => {
  const path = temporaryDatabase();
  const masterKeys = [{ id: 'first', key: Buffer.alloc(32, 'k') }];
  const store = await openStore(`sqlite:${path}`, { masterKeys, onFatal: () => {} });
  for (const id of ['one', 'two']) await store.keep(incoming(id), ['handler']);
  await store.close();
  const database = new DatabaseSync(path);
  database.exec(`ATTACH '${path}-keys' AS keys`);
  database.exec(damage);
  database.close();

  const handler = vi.fn();
  await startServer({ databaseUrl: `sqlite:${path}`, masterKeys, concurrency: 1 }, (server) =>
    server.on('accept', handler),
  );
  await eventually(() => expect(handler).toHaveBeenCalledOnce());
});

test('a target that hangs delays no handler, and slow merchants delay no other merchant', async () => {
  const target = createServer(() => {});
  const { url, close } = await listenOnFreePort(target);
  onTestFinished(close);
  const taken: string[] = [];
  const stuck = Promise.withResolvers<void>();
  const { post } = await startServer({ forwardUrl: url, concurrency: 4, graceMs: 1 }, (server) =>
    server.on('accept', async ({ payload }) => {
      const { id } = payload.merchantData;
      if (id.startsWith('slow')) await stuck.promise;
      taken.push(id);
    }),
  );
  for (const id of ['slow 1', 'slow 2', 'slow 3', 'one', 'two', 'three', 'four', 'five'])
    await post('accept', callback('accept', { id }));
  await eventually(() => expect(taken).toEqual(['one', 'two', 'three', 'four', 'five']));
  stuck.resolve();
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
