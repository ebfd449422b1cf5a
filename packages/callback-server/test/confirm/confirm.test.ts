import type { Sandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import type { CallbackServerOptions } from '../../src/index.ts';
import { bothEngines } from '../support/both-engines.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';

const customer = requests.createMerchant.customer;
const masterKeys = [{ id: 'first', key: Buffer.alloc(32, 'k') }];

/** A server on a database that confirms callbacks, and whose provider can be down. */
async function startOn(databaseUrl: string, options: Partial<CallbackServerOptions> = {}) {
  let isDown = false;
  const confirming = await startConfirming({ databaseUrl, ...options }, (request, next) =>
    isDown ? Promise.reject(new TypeError('down')) : next(request),
  );
  return {
    ...confirming,
    setDown: (is: boolean) => {
      isDown = is;
    },
    confirmationOf: async (merchantId: string) =>
      (await confirming.server.callbacks.list({ merchantId })).map((each) => each.confirmation?.state),
  };
}

/** The body that the provider would post now. With `changes`, a forged body. */
function bodyOf(sandbox: Sandbox, merchantId: string, changes: object = {}): string {
  const found = sandbox.backOffice.find(merchantId);
  if (!found) throw new Error(`The sandbox has no merchant ${merchantId}.`);
  const { realmId } = customer;
  return JSON.stringify({ merchantData: { id: merchantId, status: found.status, realmId, ...changes } });
}

for (const [engine, databaseOf] of bothEngines) {
  test(`${engine}: an accept is delivered once a pull agrees, with the pulled document`, async () => {
    const { post, pendingMerchant, sandbox, received, server } = await startOn(await databaseOf(), {
      masterKeys,
    });
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    expect((await post('accept', bodyOf(sandbox, id))).status).toBe(200);
    await eventually(() => expect(received).toHaveLength(1));
    expect(received[0]).toMatchObject({ confirmation: 'confirmed', payload: { merchantData: { id } } });
    expect(received[0]?.pulled?.result.merchantData.basicDetails).toMatchObject({ id, status: 'accept' });
    const kept = await eventually(async () => {
      const found = await server.callbacks.get(received[0]?.id ?? '');
      expect(found?.deliveries.map(({ state }) => state)).toEqual(['taken', 'taken']);
      return found;
    });
    expect(kept?.confirmation).toEqual({ state: 'confirmed', at: expect.any(Date) });
    // The name of the customer is masked in what is shown.
    expect(JSON.stringify(kept?.pulled)).toContain('"status":"accept"');
    expect(JSON.stringify(kept?.pulled)).not.toContain(customer.name);
    expect(await server.metrics()).toContain('callback_server_confirmations_total{state="confirmed"} 1');
  });

  test(`${engine}: a forged accept is never delivered, and an operator can release it`, async () => {
    const { post, pendingMerchant, sandbox, words, server, confirmationOf } = await startOn(
      await databaseOf(),
    );
    const id = await pendingMerchant();
    await post('accept', bodyOf(sandbox, id, { status: 'accept' }));
    await eventually(async () => expect(await confirmationOf(id)).toEqual(['quarantined']));
    const [forged] = await server.callbacks.list({ delivery: { route: 'confirm', state: 'dead' } });
    const { deliveries } = (await server.callbacks.get(forged?.id ?? '')) ?? {};
    expect(deliveries?.[0]?.attempts.at(-1)?.outcome).toBe('forged or stale: the pull says pending');
    expect(deliveries).toHaveLength(1);
    await eventually(async () =>
      expect(await server.metrics()).toContain('callback_server_confirmations_total{state="quarantined"} 1'),
    );
    // Redelivery does not go around the confirmation.
    expect(await server.callbacks.redeliver({ route: 'handler' })).toEqual({
      dead: 0,
      missing: 0,
      taken: 0,
      overtaken: 0,
      damaged: 0,
    });
    expect(words()).toEqual([]);
    expect(await server.callbacks.release({ merchantId: id, dryRun: true })).toBe(1);
    expect(await confirmationOf(id)).toEqual(['quarantined']);
    expect(await server.callbacks.release({ id: forged?.id ?? '' })).toBe(1);
    await eventually(() => expect(words()).toEqual(['accept released']));
    expect(await server.callbacks.release({ merchantId: id })).toBe(0);
  });

  test(`${engine}: a stale pull only delays a true accept`, async () => {
    const options = { agreeMs: 3_600_000 };
    const { post, pendingMerchant, sandbox, words, pulledMore } = await startOn(await databaseOf(), options);
    const id = await pendingMerchant();
    await post('accept', bodyOf(sandbox, id, { status: 'accept' }));
    await pulledMore();
    expect(words()).toEqual([]);
    sandbox.backOffice.accept(id);
    await eventually(() => expect(words()).toEqual(['accept confirmed']));
  });

  test(`${engine}: a merchant's callbacks keep their order, and no other merchant waits`, async () => {
    const options = { agreeMs: 3_600_000 };
    const { post, pendingMerchant, sandbox, words, received } = await startOn(await databaseOf(), options);
    const [one, two] = [await pendingMerchant(), await pendingMerchant()];
    await post('accept', bodyOf(sandbox, one, { status: 'accept' }));
    await post('pending', bodyOf(sandbox, one));
    await post('pending', bodyOf(sandbox, two));
    await eventually(() => expect(words()).toEqual(['pending']));
    expect(received[0]?.payload.merchantData.id).toBe(two);
    sandbox.backOffice.accept(one);
    await eventually(() => expect(words()).toEqual(['pending', 'accept confirmed', 'pending']));
  });

  test(`${engine}: while pulls fail, no callback is delivered, and afterwards every callback is`, async () => {
    const { post, pendingMerchant, sandbox, words, setDown, server } = await startOn(await databaseOf());
    const ids = [await pendingMerchant(), await pendingMerchant()];
    setDown(true);
    for (const id of ids) {
      sandbox.backOffice.accept(id);
      expect((await post('accept', bodyOf(sandbox, id))).status).toBe(200);
    }
    await eventually(async () =>
      expect(await server.metrics()).toMatch(/failures_total\{route="confirm",cause="pull"\} [1-9]/),
    );
    expect(await server.metrics()).toContain('callback_server_open_deliveries{route="confirm"} 2');
    expect(words()).toEqual([]);
    setDown(false);
    await eventually(() => expect(words()).toEqual(['accept confirmed', 'accept confirmed']));
  });

  test(`${engine}: a decision that is reversed while pulls fail ends as overtaken, and the reversal is confirmed`, async () => {
    const { post, pendingMerchant, sandbox, words, pulled, setDown, server } = await startOn(
      await databaseOf(),
    );
    const id = await pendingMerchant();
    setDown(true);
    for (const [actionTime, event] of (['accept', 'reject'] as const).entries()) {
      sandbox.backOffice[event](id);
      await post(event, bodyOf(sandbox, id, { actionTime: Date.now() + actionTime }));
    }
    await pulled('failed');
    setDown(false);
    await eventually(() => expect(words()).toEqual(['reject confirmed']));
    const [reversed] = await server.callbacks.list({ merchantId: id, event: 'accept' });
    expect(reversed?.confirmation).toBeUndefined();
    const { deliveries } = (await server.callbacks.get(reversed?.id ?? '')) ?? {};
    expect(deliveries).toMatchObject([{ route: 'confirm', state: 'overtaken' }]);
    expect(deliveries?.[0]?.attempts.at(-1)?.outcome).toBe(
      'overtaken: a newer callback agrees with the pull',
    );
    // The accept was never confirmed, so neither a redelivery nor a release hands it on.
    const request = { route: 'handler', states: ['dead', 'missing', 'overtaken'] as const };
    expect(await server.callbacks.redeliver(request)).toMatchObject({ missing: 0, overtaken: 0 });
    expect(await server.callbacks.release({ merchantId: id })).toBe(0);
    expect(await server.metrics()).toContain('callback_server_confirmations_total{state="quarantined"} 0');
  });

  test(`${engine}: a forged accept goes to the quarantine although a true reject follows it`, async () => {
    const options = { agreeMs: 1000 };
    const { post, pendingMerchant, sandbox, words, pulled, confirmationOf } = await startOn(
      await databaseOf(),
      options,
    );
    const id = await pendingMerchant();
    await post('accept', bodyOf(sandbox, id, { status: 'accept' }));
    await pulled('found');
    sandbox.backOffice.reject(id);
    await post('reject', bodyOf(sandbox, id));
    await eventually(() => expect(words()).toEqual(['reject confirmed']));
    expect(await confirmationOf(id)).toEqual(['confirmed', 'quarantined']);
  });

  test(`${engine}: with unconfirmed: deliver, a callback is delivered unconfirmed while pulls fail`, async () => {
    const options = { unconfirmed: 'deliver', unconfirmedAfterMs: 0 } as const;
    const { post, pendingMerchant, sandbox, words, setDown } = await startOn(await databaseOf(), options);
    const id = await pendingMerchant();
    setDown(true);
    await post('accept', bodyOf(sandbox, id, { status: 'accept' }));
    await eventually(() => expect(words()).toEqual(['accept unconfirmed']));
  });

  test(`${engine}: to erase a merchant also erases its pulled document`, async () => {
    const { post, pendingMerchant, sandbox, received, server, adminUrl } = await startOn(await databaseOf(), {
      adminTokens: ['not-a-real-admin-token'],
    });
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await post('accept', bodyOf(sandbox, id));
    await eventually(() => expect(received).toHaveLength(1));
    const headers = { authorization: 'Bearer not-a-real-admin-token' };
    await fetch(`${adminUrl}/merchants/${id}`, { method: 'DELETE', headers });
    const kept = await server.callbacks.get(received[0]?.id ?? '');
    expect(kept).toMatchObject({ held: 'nothing', confirmation: { state: 'confirmed' } });
    expect(kept?.pulled).toBeUndefined();
  });
}
