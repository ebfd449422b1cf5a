import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import type { CallbackServerOptions } from '../../src/index.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

const { realmId } = requests.createMerchant.customer;
const foreignRealm = '6553ffff000000000000ffff';

/** A server that confirms callbacks, as a forger and its operator see it. */
async function startForged(...args: Parameters<typeof startConfirming>) {
  const confirming = await startConfirming(...args);
  const { server, post, sandbox } = confirming;
  return {
    ...confirming,
    backOffice: sandbox.backOffice,
    /** Posts an accept. */
    accept: (id: string, changes: object = {}) =>
      post('accept', JSON.stringify({ merchantData: { id, status: 'accept', realmId, ...changes } })),
    stateOf: async (merchantId: string) =>
      (await server.callbacks.list({ merchantId })).map((each) => each.confirmation?.state ?? 'open'),
    outcomes: async (merchantId: string) =>
      (await server.callbacks.list({ merchantId })).flatMap(({ deliveries }) =>
        deliveries.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome)),
      ),
  };
}

test('a forged accept of a foreign realm goes to the quarantine, even if unconfirmed callbacks are delivered', async () => {
  const forged = await startForged({ unconfirmed: 'deliver', unconfirmedAfterMs: 0 });
  const id = await forged.pendingMerchant();
  await forged.accept(id, { realmId: foreignRealm });
  await eventually(async () => expect(await forged.stateOf(id)).toEqual(['quarantined']));
  expect(forged.words()).toEqual([]);
});

test('a forged accept of a foreign realm goes to the quarantine while pulls of other merchants work', async () => {
  const forged = await startForged({ agreeMs: 100 });
  const [one, two] = [await forged.pendingMerchant(), await forged.pendingMerchant()];
  await forged.accept(one, { realmId: foreignRealm });
  let round = 0;
  await eventually(async () => {
    round += 1;
    await forged.accept(two, { name: `not-a-person-${round}` });
    expect(await forged.stateOf(one)).toEqual(['quarantined']);
  });
});

test('a single refusal sends no true accept to the quarantine: the provider may throttle with a 403', async () => {
  let pulls = 0;
  const options = { unconfirmed: 'quarantine', unconfirmedAfterMs: 0 } as const;
  const { pendingMerchant, backOffice, accept, words } = await startForged(options, async (request, next) => {
    const isPull = request.url.includes('/pullMerchant/');
    pulls += Number(isPull);
    return isPull && pulls === 1 ? new Response('{}', { status: 403 }) : next(request);
  });
  const id = await pendingMerchant();
  backOffice.accept(id);
  await accept(id);
  await eventually(() => expect(words()).toEqual(['accept confirmed']));
});

test('forged accepts of a foreign realm do not stop the pulls of other callbacks', async () => {
  const forged = await startForged({ confirmDelaysMs: [60_000], agreeMs: 60_000 });
  for (let count = 0; count < 12; count += 1)
    await forged.accept(`forged-${count}`, { realmId: foreignRealm });
  for (let count = 0; count < 12; count += 1)
    await eventually(async () =>
      expect((await forged.outcomes(`forged-${count}`))[0]).toEqual(expect.any(String)),
    );
  expect(await forged.server.metrics()).toContain('callback_server_circuit{route="confirm"} 0');
});

test('a provider that never responds is an outage: UNCONFIRMED applies', async () => {
  const hanging = await startForged(
    { unconfirmed: 'deliver', unconfirmedAfterMs: 0, attemptTimeoutMs: 1000 },
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  );
  await hanging.accept('hanging');
  await eventually(() => expect(hanging.words()).toEqual(['accept unconfirmed']));
});

test('a callback that was quarantined is confirmed when it is repeated and a pull agrees', async () => {
  const stale = await startForged();
  const id = await stale.pendingMerchant();
  await stale.accept(id);
  await eventually(async () => expect(await stale.stateOf(id)).toEqual(['quarantined']));
  stale.backOffice.accept(id);
  await stale.accept(id);
  await eventually(() => expect(stale.words()).toEqual(['accept confirmed']));
});

test('a server without a provider leaves the callbacks open that another server has to confirm', async () => {
  const databaseUrl = `sqlite:${temporaryDatabase()}`;
  const confirming = await startForged({ databaseUrl, agreeMs: 60_000, confirmDelaysMs: [100] });
  await confirming.accept('forged');
  await eventually(async () => expect(await confirming.outcomes('forged')).not.toHaveLength(0));
  await confirming.server.stop();
  const words: string[] = [];
  const start = (options: Partial<CallbackServerOptions>) =>
    startServer({ databaseUrl, ...options }, (server) =>
      server.on('accept', ({ id }) => void words.push(id)),
    );
  const { server, post } = await start({});
  await post('accept', JSON.stringify({ merchantData: { id: 'other', status: 'accept', realmId } }));
  await eventually(() => expect(words).toHaveLength(1));
  expect(await server.callbacks.list({ delivery: { route: 'confirm', state: 'open' } })).toHaveLength(1);
  await server.stop();
  // With CONFIRM=never, waiting callbacks are delivered.
  await start({ confirm: 'never' });
  await eventually(() => expect(words).toHaveLength(2));
});

const rest = `"status":"accept","realmId":"${realmId}"`;

test.each([
  ['its id', (id: string) => `{"merchantData":{"id":"victim","id":"${id}",${rest}}}`],
  ['its id, escaped', (id: string) => `{"merchantData":{"\\u0069d":"victim","id":"${id}",${rest}}}`],
  ['merchantData', (id: string) => `{"merchantData":{"id":"victim"},"merchantData":{"id":"${id}",${rest}}}`],
])(
  'a callback with %s twice reaches no route, because parsers differ in which one they read',
  async (_, bodyOf) => {
    const forged = await startForged();
    const id = await forged.pendingMerchant();
    forged.backOffice.accept(id);
    await forged.post('accept', bodyOf(id));
    await forged.accept(id);
    await eventually(() => expect(forged.words()).toEqual(['accept confirmed']));
    expect((await forged.server.callbacks.list({ merchantId: id })).map(({ verdict }) => verdict)).toContain(
      'invalid',
    );
  },
);

test('an accept with an empty or missing realm id is pulled in the realm that applicationId names', async () => {
  const { pendingMerchant, backOffice, accept, words } = await startForged();
  const id = await pendingMerchant();
  backOffice.accept(id);
  await accept(id, { realmId: '', applicationId: realmId });
  await eventually(() => expect(words()).toEqual(['accept confirmed']));
});
