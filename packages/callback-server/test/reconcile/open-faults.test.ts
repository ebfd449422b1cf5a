import { requests } from '@partner-ecosystem/openapi/examples';
import { startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Route } from '../../src/dispatch/route.ts';
import type { CallbackServerOptions } from '../../src/index.ts';
import { createExpectDelivered } from '../../src/reconcile/expect-delivered.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';
import { claimOne, incoming } from '../support/store-suite.ts';

let cluster: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  cluster = await startPostgres();
}, 120_000);
afterAll(() => cluster.remove());

const engines = [
  ['SQLite', async () => `sqlite:${temporaryDatabase()}`],
  ['PostgreSQL', () => cluster.createDatabase()],
] as const;

const { realmId } = requests.createMerchant.customer;
const bodyOf = (id: string, status: string, more: object = {}) =>
  JSON.stringify({ merchantData: { id, status, realmId, ...more } });

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Started = Awaited<ReturnType<typeof startConfirming>>;
const pullsOf = async ({ server }: Pick<Started, 'server'>) =>
  Number(/pulls_total\{outcome="found"\} (\d+)/.exec(await server.metrics())?.[1]);
/** Resolves when so many more pulls have been made. */
const pulledMore = async (started: Pick<Started, 'server'>, more = 3) => {
  const before = await pullsOf(started);
  await eventually(async () => expect(await pullsOf(started)).toBeGreaterThanOrEqual(before + more));
};

for (const [engine, databaseOf] of engines) {
  const start = async (
    options: Partial<CallbackServerOptions> = {},
    send?: Parameters<typeof startConfirming>[1],
    prepare?: Parameters<typeof startConfirming>[2],
  ) => startConfirming({ databaseUrl: await databaseOf(), reconcileMs: 100, ...options }, send, prepare);

  test(`${engine}: a hundred forged callbacks do not let a decision be delivered again`, async () => {
    const started = await start();
    const { post, pendingMerchant, sandbox, received, words } = started;
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await post('accept', bodyOf(id, 'accept'));
    await eventually(() => expect(words()).toEqual(['accept confirmed']));
    for (let index = 0; index < 100; index++)
      await post('pending', bodyOf(id, 'pending', { actionTime: index + 1 }));
    await eventually(() => expect(received.length).toBeGreaterThan(100));
    await pulledMore(started, 4);
    await wait(300);
    expect(words().filter((word) => word.startsWith('accept'))).toEqual(['accept confirmed']);
  });

  test(`${engine}: a forged decision that no route takes hides no lost decision`, async () => {
    const taken: string[] = [];
    const target = await import('node:http').then(({ createServer }) =>
      createServer((request, response) => {
        taken.push(`${request.headers['callback-event']} ${request.headers['callback-confirmation'] ?? ''}`);
        response.end();
      }),
    );
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const { port } = target.address() as { port: number };
    const routes = [{ name: 'core', url: `http://127.0.0.1:${port}`, realms: [realmId] }];
    const started = await start({ routes }, undefined, () => {});
    const { post, pendingMerchant, sandbox } = started;
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await post(
      'accept',
      JSON.stringify({ merchantData: { id, status: 'accept', realmId: 'another realm' } }),
    );
    await eventually(() => expect(taken).toEqual(['pending ']));
    sandbox.backOffice.accept(id);
    await pulledMore(started, 4);
    await wait(300);
    target.close();
    expect(taken).toEqual(['pending ', 'accept recovered']);
  });

  test(`${engine}: with the order latest a recovered decision overtakes what waits, at once`, async () => {
    const taken: string[] = [];
    const started = await start(
      { deliveryDelaysMs: [200, 3_600_000], handlerOrder: 'latest', reconcileMs: 1000 },
      undefined,
      (server) => {
        server.on('pending', () => {
          throw new Error('does not work yet');
        });
        server.on('accept', () => void taken.push('accept'));
      },
    );
    const { post, pendingMerchant, sandbox, server } = started;
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await eventually(async () =>
      expect((await server.callbacks.list({}))[0]?.deliveries[0]?.attempts.length).toBe(2),
    );
    sandbox.backOffice.accept(id);
    await eventually(async () =>
      expect(await server.metrics()).toContain('recovered_total{event="accept"} 1'),
    );
    await wait(1500);
    expect(taken).toEqual(['accept']);
  });

  test(`${engine}: with the order latest a confirmed decision overtakes an attempt that is running and fails`, async () => {
    const taken: string[] = [];
    let fail: (() => void) | undefined;
    const started = await start(
      { deliveryDelaysMs: [3_600_000], handlerOrder: 'latest', reconcileMs: 60_000 },
      undefined,
      (server) => {
        server.on(
          'pending',
          () =>
            new Promise((_, reject) => {
              fail = () => reject(new Error('failed'));
            }),
        );
        server.on('accept', () => void taken.push('accept'));
      },
    );
    const { post, pendingMerchant, sandbox, server } = started;
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await eventually(() => expect(fail).toBeDefined());
    sandbox.backOffice.accept(id);
    await post('accept', bodyOf(id, 'accept', { actionTime: Date.now() }));
    await eventually(async () =>
      expect((await server.callbacks.list({ event: 'accept' }))[0]?.confirmation?.state).toBe('confirmed'),
    );
    fail?.();
    await wait(1000);
    expect(taken).toEqual(['accept']);
  });

  test(`${engine}: a forged realm does not keep a merchant from its checks once its own realm is seen`, async () => {
    const started = await start();
    const { post, pendingMerchant, sandbox, words } = started;
    const id = await pendingMerchant();
    await post('pending', JSON.stringify({ merchantData: { id, status: 'pending', realmId: 'forged' } }));
    await eventually(() => expect(words()).toEqual(['pending']));
    await wait(200);
    await post('pending', bodyOf(id, 'pending'));
    await eventually(() => expect(words()).toEqual(['pending', 'pending']));
    sandbox.backOffice.accept(id);
    await wait(2500);
    expect(words()).toEqual(['pending', 'pending', 'accept recovered']);
  });

  test(`${engine}: a late callback is delivered if its recovered decision was given up`, async () => {
    let works = false;
    const taken: string[] = [];
    const started = await start({ deliveryDelaysMs: [10], reconcileMs: 1000 }, undefined, (server) => {
      server.on('accept', ({ confirmation }) => {
        if (!works) throw new Error('does not work yet');
        taken.push(`accept ${confirmation}`);
      });
    });
    const { post, pendingMerchant, sandbox, server } = started;
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await server.merchants.expect([{ merchantId: id, realmId }]);
    await eventually(async () =>
      expect((await server.callbacks.list({ event: 'accept' }))[0]?.deliveries[0]?.state).toBe('dead'),
    );
    works = true;
    await post('accept', bodyOf(id, 'accept'));
    await wait(1500);
    expect(taken).toEqual(['accept confirmed']);
  });

  test(`${engine}: a pull that is stale for less than the delay undoes no reversal`, async () => {
    const { post, pendingMerchant, sandbox, words } = await start({ confirm: 'accept', reconcileMs: 4000 });
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await post('accept', bodyOf(id, 'accept'));
    await eventually(() => expect(words()).toEqual(['accept confirmed']));
    await wait(2500);
    // The pull shows the reversal later than its callback arrives.
    await post('reject', bodyOf(id, 'reject'));
    await wait(2500);
    sandbox.backOffice.reject(id);
    await wait(2000);
    expect(words()).toEqual(['accept confirmed', 'reject']);
  });
}

test('a late callback of a recovered decision is not delivered again without reconciliation', async () => {
  const databaseUrl = await cluster.createDatabase();
  const started = await startConfirming({ databaseUrl, reconcileMs: 100 });
  const { pendingMerchant, sandbox, words, server } = started;
  const id = await pendingMerchant();
  sandbox.backOffice.accept(id);
  await server.merchants.expect([{ merchantId: id, realmId }]);
  await eventually(() => expect(words()).toEqual(['accept recovered']));
  await server.stop();
  const taken: string[] = [];
  const other = await startServer({ databaseUrl, confirm: 'never' }, (each) =>
    each.on('accept', ({ confirmation }) => void taken.push(`accept ${confirmation}`)),
  );
  await other.post('accept', bodyOf(id, 'accept'));
  await wait(700);
  expect(taken).toEqual([]);
});

test('an erased merchant is not expected again by a delivery that was claimed before', async () => {
  const store = await openStore(`sqlite:${temporaryDatabase()}`, { onFatal: () => {} });
  await store.keep(incoming('one'), ['handler']);
  const claim = await claimOne(store);
  await store.maintenance.erase('one', 'a test');
  const route = { name: 'handler', deliver: async () => undefined } as unknown as Route;
  const { deliver } = createExpectDelivered(store.merchants, 60_000)(route);
  await deliver(claim, new AbortController().signal).catch(() => {});
  const left = await store.merchants.listMerchants({});
  await store.close();
  expect(left).toEqual([]);
});
