import { expect, test } from 'vitest';
import { createCallbackServer } from '../../src/index.ts';
import { callback, token } from '../support/callbacks.ts';
import { soon } from '../support/delivery-delays.ts';
import { eventually } from '../support/eventually.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

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
  // A pending: the attempt of a decision reads the history of the merchant first, which can take longer than 20 ms.
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
  // The timer of the attempt started earlier and has the same length, so it would end before this timer.
  await new Promise((resolve) => {
    setTimeout(resolve, attemptTimeoutMs);
  });
  expect(signal?.aborted).toBe(false);
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
