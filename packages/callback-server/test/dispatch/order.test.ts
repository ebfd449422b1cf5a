import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import type { CallbackServerOptions, RouteOrder } from '../../src/index.ts';
import { bothEngines } from '../support/both-engines.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/running-server.ts';

const { realmId } = requests.createMerchant.customer;
const bodyOf = (id: string, status: string, more: object = {}) =>
  JSON.stringify({ merchantData: { id, status, realmId, ...more } });

/** A server that confirms, and whose handler of pending fails until `work` is called. */
async function startBlocked(
  databaseUrl: string,
  handlerOrder: RouteOrder,
  deliveryDelaysMs: readonly number[] = [200, 3_600_000],
) {
  let works = false;
  const taken: string[] = [];
  const options: Partial<CallbackServerOptions> = { deliveryDelaysMs, handlerOrder };
  const confirming = await startConfirming({ databaseUrl, ...options }, undefined, (server) => {
    for (const event of ['accept', 'reject', 'pending'] as const)
      server.on(event, () => {
        if (!works && event === 'pending') throw new Error('does not work yet');
        taken.push(event);
      });
  });
  const { post, server, sandbox } = confirming;
  return {
    ...confirming,
    taken,
    work: () => {
      works = true;
    },
    decide: async (event: 'accept' | 'reject', id: string) => {
      sandbox.backOffice[event](id);
      await post(event, bodyOf(id, event, { actionTime: Date.now() }));
    },
    overtaken: async () =>
      (await server.callbacks.list({ delivery: { route: 'handler', state: 'overtaken' } })).map(
        ({ event }) => event,
      ),
  };
}

for (const [engine, databaseOf] of bothEngines) {
  test(`${engine}: with the order latest a confirmed decision overtakes waiting callbacks at once`, async () => {
    const { post, pendingMerchant, decide, taken, overtaken, server } = await startBlocked(
      await databaseOf(),
      'latest',
    );
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    const attempts = async () => (await server.callbacks.list({}))[0]?.deliveries[0]?.attempts.length;
    // The third attempt would follow in an hour.
    await eventually(async () => expect(await attempts()).toBe(2));
    await decide('accept', id);
    await eventually(() => expect(taken).toEqual(['accept']));
    expect(await overtaken()).toEqual(['pending']);
    await decide('reject', id);
    await eventually(() => expect(taken).toEqual(['accept', 'reject']));
    const metrics = await server.metrics();
    expect(metrics).toContain('callback_server_attempts_total{route="handler",outcome="overtaken"} 1');
    expect(metrics).toContain('callback_server_dead_letters{route="handler"} 0');
    const [pending] = await server.callbacks.list({ event: 'pending' });
    expect(pending?.deliveries[0]).toMatchObject({ state: 'overtaken' });
    expect(pending?.deliveries[0]?.attempts.at(-1)?.outcome).toMatch(/^overtaken/);
  });

  test(`${engine}: an operator can have an overtaken callback delivered`, async () => {
    const { post, pendingMerchant, decide, taken, overtaken, server, work } = await startBlocked(
      await databaseOf(),
      'latest',
    );
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await decide('accept', id);
    await eventually(async () => expect(await overtaken()).toEqual(['pending']));
    await eventually(() => expect(taken).toEqual(['accept']));
    work();
    const request = { route: 'handler', states: ['overtaken' as const] };
    const counts = { dead: 0, missing: 0, taken: 0, overtaken: 1, damaged: 0 };
    expect(await server.callbacks.redeliver({ ...request, dryRun: true })).toEqual(counts);
    expect(await server.callbacks.redeliver(request)).toEqual(counts);
    await eventually(() => expect(taken).toEqual(['accept', 'pending']));
    expect(await overtaken()).toEqual([]);
  });

  test(`${engine}: with the order strict a decision waits for an earlier callback that failed`, async () => {
    const { post, pendingMerchant, decide, taken, overtaken, work } = await startBlocked(
      await databaseOf(),
      'strict',
      new Array<number>(1000).fill(20),
    );
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await decide('accept', id);
    work();
    await eventually(() => expect(taken).toEqual(['pending', 'accept']));
    expect(await overtaken()).toEqual([]);
  });

  test(`${engine}: with the order none a merchant's callbacks do not wait for each other`, async () => {
    const running = new Map<string, () => void>();
    const { post, server } = await startServer(
      { databaseUrl: await databaseOf(), handlerOrder: 'none' },
      (each) => each.on('pending', ({ id }) => new Promise((resolve) => running.set(id, resolve))),
    );
    for (const actionTime of [1, 2, 3]) await post('pending', bodyOf('one', 'pending', { actionTime }));
    await eventually(() => expect(running.size).toBe(3));
    for (const end of running.values()) end();
    await eventually(async () =>
      expect(await server.metrics()).toContain('callback_server_open_deliveries{route="handler"} 0'),
    );
  });

  test(`${engine}: a decision that was recovered is not delivered again when its callback arrives late`, async () => {
    const { server, post, pendingMerchant, sandbox, words } = await startConfirming({
      databaseUrl: await databaseOf(),
      reconcileMs: 100,
    });
    const merchantId = await pendingMerchant();
    const decidedAt = Date.now();
    sandbox.backOffice.accept(merchantId);
    await server.merchants.expect([{ merchantId, realmId }]);
    await eventually(() => expect(words()).toEqual(['accept recovered']));
    await post('accept', bodyOf(merchantId, 'accept', { actionTime: decidedAt }));
    await eventually(async () =>
      expect(
        await server.callbacks.list({ delivery: { route: 'handler', state: 'overtaken' } }),
      ).toMatchObject([{ event: 'accept', confirmation: { state: 'confirmed' } }]),
    );
    expect(words()).toEqual(['accept recovered']);
  });
}

test('after an outage with the order latest, callbacks that are overtaken do not use up the probes', async () => {
  let works = false;
  const taken: string[] = [];
  const { post, pendingMerchant, sandbox, server } = await startConfirming(
    { handlerOrder: 'latest' },
    undefined,
    ({ on }) => {
      for (const event of ['accept', 'pending'] as const)
        on(event, () => {
          if (!works) throw new Error('does not work yet');
          taken.push(event);
        });
    },
  );
  const ids = await Promise.all(Array.from({ length: 30 }, pendingMerchant));
  await Promise.all(ids.map((id) => post('pending', bodyOf(id, 'pending'))));
  await eventually(async () => expect(await server.metrics()).toMatch(/circuit\{route="handler"\} [12]/));
  for (const id of ids) sandbox.backOffice.accept(id);
  await Promise.all(ids.map((id) => post('accept', bodyOf(id, 'accept', { actionTime: Date.now() }))));
  const isConfirmed = async () =>
    (await server.callbacks.list({ event: 'accept', limit: 100 })).map(
      ({ confirmation }) => confirmation?.state,
    );
  await eventually(async () => expect(new Set(await isConfirmed())).toEqual(new Set(['confirmed'])));
  works = true;
  await eventually(() => expect(taken).toEqual(ids.map(() => 'accept')));
});
