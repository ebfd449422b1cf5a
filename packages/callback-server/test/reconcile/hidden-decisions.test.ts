import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServerOptions } from '../../src/index.ts';
import { bothEngines } from '../support/both-engines.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/running-server.ts';
import { createMigratedDatabase } from '../support/shared-postgres.ts';

const { realmId } = requests.createMerchant.customer;
const bodyOf = (id: string, status: string, more: object = {}) =>
  JSON.stringify({ merchantData: { id, status, realmId, ...more } });

/** Starts a target that takes callbacks, and notes the event and the confirmation of each. */
async function startTarget() {
  const taken: string[] = [];
  const target = createServer(({ headers }, response) => {
    taken.push([headers['callback-event'], headers['callback-confirmation']].filter(Boolean).join(' '));
    response.end();
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void target.close());
  return { url: `http://127.0.0.1:${(target.address() as AddressInfo).port}`, taken };
}

for (const [engine, databaseOf] of bothEngines) {
  const start = async (
    options: Partial<CallbackServerOptions> = {},
    prepare?: Parameters<typeof startConfirming>[2],
  ) => startConfirming({ databaseUrl: await databaseOf(), reconcileMs: 100, ...options }, undefined, prepare);

  test(`${engine}: a forged decision that no route takes hides no lost decision`, async () => {
    const { url, taken } = await startTarget();
    const routes = [{ name: 'core', url, realms: [realmId] }];
    const { post, pendingMerchant, sandbox, server } = await start({ routes }, () => {});
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await post('accept', bodyOf(id, 'accept', { realmId: 'another realm' }));
    await eventually(async () =>
      expect((await server.callbacks.list({ event: 'accept' }))[0]?.confirmation?.state).toBe('quarantined'),
    );
    sandbox.backOffice.accept(id);
    await eventually(() => expect(taken).toEqual(['pending', 'accept recovered']));
  });

  test(`${engine}: a hundred forged callbacks do not let a decision be delivered again`, async () => {
    const started = await start();
    const { post, pendingMerchant, sandbox, words } = started;
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await post('accept', bodyOf(id, 'accept'));
    await eventually(() => expect(words()).toEqual(['accept confirmed']));
    const times = Array.from({ length: 100 }, (_, index) => index + 1);
    await Promise.all(times.map((actionTime) => post('pending', bodyOf(id, 'pending', { actionTime }))));
    await eventually(() => expect(words()).toHaveLength(101));
    await started.pulledMore();
    // A decision that was recovered meanwhile would be delivered before this callback.
    await post('pending', bodyOf(id, 'pending', { actionTime: 101 }));
    await eventually(() => expect(words().length).toBeGreaterThan(101));
    expect(words().filter((word) => word !== 'pending')).toEqual(['accept confirmed']);
  });

  test(`${engine}: a late callback is delivered if its recovered decision was given up`, async () => {
    let works = false;
    const taken: string[] = [];
    const options = { deliveryDelaysMs: [10], reconcileMs: 1000 };
    const { post, pendingMerchant, sandbox, server } = await start(options, (each) => {
      each.on('accept', ({ confirmation }) => {
        if (!works) throw new Error('does not work yet');
        taken.push(`accept ${confirmation}`);
      });
    });
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await server.merchants.expect([{ merchantId: id, realmId }]);
    await eventually(async () =>
      expect((await server.callbacks.list({ event: 'accept' }))[0]?.deliveries[0]?.state).toBe('dead'),
    );
    works = true;
    await post('accept', bodyOf(id, 'accept'));
    await eventually(() => expect(taken).toEqual(['accept confirmed']));
  });

  test(`${engine}: a forged realm does not keep a merchant from its checks once its own realm is seen`, async () => {
    const { post, pendingMerchant, sandbox, words, server } = await start();
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending', { realmId: 'forged' }));
    await eventually(async () => expect((await server.merchants.list({}))[0]?.reason).toBeDefined());
    await post('pending', bodyOf(id, 'pending'));
    sandbox.backOffice.accept(id);
    await eventually(() => expect(words()).toEqual(['pending', 'pending', 'accept recovered']));
  });

  test(`${engine}: a pull that is still stale undoes no reversal`, async () => {
    const started = await start({ confirm: 'accept', agreeMs: 3_600_000 });
    const { post, pendingMerchant, sandbox, words } = started;
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await post('accept', bodyOf(id, 'accept'));
    await eventually(() => expect(words()).toEqual(['accept confirmed']));
    // The pull shows the reversal later than its callback arrives.
    await post('reject', bodyOf(id, 'reject'));
    await started.pulledMore();
    // This callback is delivered after every recovered decision.
    await post('pending', bodyOf(id, 'pending'));
    await eventually(() => expect(words()).toContain('pending'));
    expect(words()).toEqual(['accept confirmed', 'reject', 'pending']);
  });

  test(`${engine}: with the order latest a recovered decision overtakes waiting callbacks at once`, async () => {
    const taken: string[] = [];
    const options = { deliveryDelaysMs: [3_600_000], handlerOrder: 'latest', reconcileMs: 1000 } as const;
    const { post, pendingMerchant, sandbox, server } = await start(options, (each) => {
      each.on('pending', () => {
        throw new Error('does not work yet');
      });
      each.on('accept', () => void taken.push('accept'));
    });
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await eventually(async () =>
      expect((await server.callbacks.list({}))[0]?.deliveries[0]?.attempts).toMatchObject([
        { outcome: expect.any(String) },
      ]),
    );
    sandbox.backOffice.accept(id);
    await eventually(() => expect(taken).toEqual(['accept']));
  });

  test(`${engine}: with the order latest a decision does not wait for an attempt that fails meanwhile`, async () => {
    const taken: string[] = [];
    const fail = Promise.withResolvers<never>();
    const begun = Promise.withResolvers<void>();
    const options = { deliveryDelaysMs: [3_600_000], handlerOrder: 'latest', reconcileMs: 60_000 } as const;
    const { post, pendingMerchant, sandbox, server } = await start(options, (each) => {
      each.on('pending', () => {
        begun.resolve();
        return fail.promise;
      });
      each.on('accept', () => void taken.push('accept'));
    });
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await begun.promise;
    sandbox.backOffice.accept(id);
    await post('accept', bodyOf(id, 'accept', { actionTime: Date.now() }));
    await eventually(async () =>
      expect((await server.callbacks.list({ event: 'accept' }))[0]?.confirmation?.state).toBe('confirmed'),
    );
    fail.reject(new Error('failed'));
    await eventually(() => expect(taken).toEqual(['accept']));
  });
}

test('a late callback of a recovered decision is not delivered by a server that does not reconcile', async () => {
  const databaseUrl = await createMigratedDatabase();
  const { pendingMerchant, sandbox, words, server } = await startConfirming({
    databaseUrl,
    reconcileMs: 100,
  });
  const id = await pendingMerchant();
  sandbox.backOffice.accept(id);
  await server.merchants.expect([{ merchantId: id, realmId }]);
  await eventually(() => expect(words()).toEqual(['accept recovered']));
  await server.stop();
  const taken: string[] = [];
  const { post } = await startServer({ databaseUrl, confirm: 'never' }, (other) => {
    for (const event of ['accept', 'pending'] as const) other.on(event, () => void taken.push(event));
  });
  await post('accept', bodyOf(id, 'accept'));
  // Comes after the accept, in the order of arrival.
  await post('pending', bodyOf(id, 'pending'));
  await eventually(() => expect(taken).toContain('pending'));
  expect(taken).toEqual(['pending']);
});
