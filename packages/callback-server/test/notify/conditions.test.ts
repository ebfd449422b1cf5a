import { createServer } from 'node:http';
import { requests } from '@partner-ecosystem/openapi/examples';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, onTestFinished, test } from 'vitest';
import { callback } from '../support/callbacks.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';
import { intervalMs, notifySecret as secret, startNotified } from '../support/notified.ts';
import { startServer } from '../support/running-server.ts';

const { realmId } = requests.createMerchant.customer;

/** Long after the end of a test. */
const neverMs = 3_600_000;

test('dead letters are reported in one signed message, with their number and ids', async () => {
  const { url, notified } = await startNotified();
  // All fail together, because the first message waits only ten seconds. A tenth failure would open the circuit.
  const allStored = Promise.withResolvers<void>();
  const { server, post } = await startServer(
    {
      deliveryDelaysMs: [],
      notify: { url, secret, intervalMs: neverMs / 2 },
      adminUrl: 'https://admin.example',
      adminTokens: ['not-a-real-token-1'],
    },
    (running) =>
      running.on('pending', async () => {
        await allStored.promise;
        throw new Error('canary');
      }),
  );
  for (let id = 0; id < 9; id++) await post('pending', callback('pending', { id: `${id}` }));
  allStored.resolve();
  const dead = () => server.callbacks.list({ delivery: { route: 'handler', state: 'dead' } });
  await eventually(async () => expect(await dead()).toHaveLength(9));
  const ids = (await dead()).map(({ id }) => id);
  await server.stop();
  expect(notified).toHaveLength(1);
  const [{ body }] = notified as [(typeof notified)[0]];
  expect(body).toEqual({
    type: 'callback-server.notification',
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    data: {
      server: expect.any(String),
      adminUrl: 'https://admin.example',
      text: expect.stringMatching(/^9 callbacks were given up on the way to the route handler\. Ids: /),
      entries: [{ kind: 'dead-letter', route: 'handler', count: 9, callbackIds: expect.any(Array) }],
    },
  });
  const [entry] = body.data.entries;
  const told = entry && 'callbackIds' in entry ? entry.callbackIds : [];
  expect(told.toSorted()).toEqual(ids.toSorted());
});

test('a forged decision is reported as quarantined, and not as a dead letter', async () => {
  const { url, entries } = await startNotified();
  const { post, pendingMerchant, server } = await startConfirming({ notify: { url, secret, intervalMs } });
  const id = await pendingMerchant();
  await post('accept', JSON.stringify({ merchantData: { id, status: 'accept', realmId } }));
  await eventually(() => expect(entries()).toHaveLength(1));
  const [forged] = await server.callbacks.list({ event: 'accept' });
  expect(entries()).toEqual([{ kind: 'quarantined', count: 1, callbackIds: [forged?.id] }]);
});

test('an open circuit is reported once, and its end is reported too', async () => {
  const { url, entries } = await startNotified();
  let isDown = true;
  const down = createServer((_, response) => response.writeHead(isDown ? 503 : 200).end());
  await using forward = await listenOnFreePort(down);
  const { post } = await startServer({
    routes: [{ name: 'ledger', url: forward.url }],
    deliveryDelaysMs: new Array<number>(1000).fill(20),
    notify: { url, secret, intervalMs },
  });
  for (let id = 0; id < 10; id++) await post('accept', callback('accept', { id: `${id}` }));
  const began = { kind: 'open-circuit', route: 'ledger', phase: 'began' };
  await eventually(() => expect(entries()).toEqual([began]));
  isDown = false;
  await eventually(() => expect(entries()).toEqual([began, { ...began, phase: 'ended' }]));
});

test('the begin and the end of unverifiable merchants are reported, without their ids', async () => {
  const { url, entries } = await startNotified();
  let isDown = true;
  const { server, pendingMerchant } = await startConfirming(
    { notify: { url, secret, intervalMs }, reconcileMs: 50, unverifiableMs: 0 },
    (request, next) =>
      isDown && request.url.includes('pullMerchant')
        ? Promise.resolve(new Response('{}', { status: 404 }))
        : next(request),
  );
  const merchantId = await pendingMerchant();
  await server.merchants.expect([{ merchantId, realmId }]);
  const ofMerchants = () => entries().filter(({ kind }) => kind === 'unverifiable');
  await eventually(() => expect(ofMerchants()).toMatchObject([{ phase: 'began', count: 1 }]));
  isDown = false;
  await eventually(() => expect(ofMerchants()).toMatchObject([{ phase: 'began' }, { phase: 'ended' }]));
  expect(JSON.stringify(entries())).not.toContain(merchantId);
});

test('checks that a slow provider delays are reported as overdue, and their end is reported too', async () => {
  const { url, entries } = await startNotified();
  const answers = Promise.withResolvers<void>();
  onTestFinished(() => answers.resolve());
  const { server, pendingMerchant } = await startConfirming(
    // Longer than a pause of this machine, so that only the provider makes a check overdue.
    { notify: { url, secret, intervalMs }, reconcileMs: 2000 },
    async (request, next) => {
      if (request.url.includes('pullMerchant')) await answers.promise;
      return next(request);
    },
  );
  const merchantId = await pendingMerchant();
  await server.merchants.expect([{ merchantId, realmId }]);
  const ofMerchants = () => entries().filter(({ kind }) => kind === 'overdue');
  await eventually(() => expect(ofMerchants()).toEqual([{ kind: 'overdue', phase: 'began', count: 1 }]));
  answers.resolve();
  await eventually(() => expect(ofMerchants().slice(1)).toEqual([{ kind: 'overdue', phase: 'ended' }]));
  expect(JSON.stringify(entries())).not.toContain(merchantId);
});

test('a time without callbacks is reported, and its end is reported too', async () => {
  const { url, entries } = await startNotified();
  const { post } = await startServer({ notify: { url, secret, intervalMs: 150, quietMs: 1500 } });
  const began = { kind: 'no-callbacks', minutes: 0, phase: 'began' };
  await eventually(() => expect(entries()).toEqual([began]));
  let id = 0;
  await eventually(async () => {
    await post('accept', callback('accept', { id: `${id++}` }));
    // If this machine pauses, a second time without callbacks is reported too.
    expect(entries().slice(0, 2)).toEqual([began, { kind: 'no-callbacks', phase: 'ended' }]);
  });
});
