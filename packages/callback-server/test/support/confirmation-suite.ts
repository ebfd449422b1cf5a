import { expect, onTestFinished, test } from 'vitest';
import type { Confirmation } from '../../src/callback/confirmation.ts';
import type { Settlement } from '../../src/callback/delivery.ts';
import { purge } from '../../src/maintenance/purge.ts';
import { claim, claimOne, failedAttempt } from './claims.ts';
import { incoming, later } from './incoming-callbacks.ts';
import type { Open } from './store-suite.ts';

const document = Buffer.from(
  JSON.stringify({
    result: { merchantData: { basicDetails: { id: 'one', status: 'accept', name: 'Asha Example' } } },
  }),
);
const confirmed: Confirmation = { state: 'confirmed', pulled: document, routes: ['handler', 'forward'] };
const taken = { state: 'taken' } as const;

/** Tests what every engine promises about confirmations. */
export function testConfirmations(engine: string, prepare: () => Promise<Open>): void {
  const opened = async () => {
    const store = await (await prepare())();
    onTestFinished(() => store.close());
    return store;
  };

  test(`${engine}: each route gets a callback once, after its confirmation has ended`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler', 'forward'], 'confirm');
    expect(await claim(store)).toEqual([]);
    const claimed = await claimOne(store, 'confirm');
    const end = { claim: claimed, settlement: taken, confirmation: confirmed };
    expect(await store.settleConfirmed([end])).toEqual([true]);
    expect(await store.settleConfirmed([end])).toEqual([false]);
    expect(await Promise.all(['confirm', 'handler', 'forward'].map(store.countOpen))).toEqual([0, 1, 1]);
    const passed = await claimOne(store);
    expect(passed).toMatchObject({ callbackId: id, confirmation: 'confirmed' });
    expect(Buffer.from(passed.pulled ?? [])).toEqual(document);
    const kept = await store.get(id);
    expect(kept).toMatchObject({ confirmation: { state: 'confirmed' }, pulled: expect.anything() });
    expect(JSON.stringify(kept?.pulled)).not.toContain('Asha');
  });

  test(`${engine}: a confirmation whose claim is lost changes nothing`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler'], 'confirm');
    const lost = { ...(await claimOne(store, 'confirm')), token: 'another' };
    await store.settleConfirmed([{ claim: lost, settlement: taken, confirmation: confirmed }]);
    expect(await store.get(id)).not.toHaveProperty('confirmation');
    expect(await Promise.all(['confirm', 'handler'].map(store.countOpen))).toEqual([1, 0]);
  });

  test(`${engine}: a callback that needs no confirmation waits only for its own merchant's callbacks`, async () => {
    const store = await opened();
    await store.keep(incoming('one'), ['handler'], 'confirm');
    await Promise.all([
      store.keep(incoming('one', 2), ['handler'], 'in-order'),
      store.keep(incoming('two'), ['handler'], 'in-order'),
      store.keep(incoming('three'), ['handler'], 'confirm'),
      store.keep(incoming('three', 2), ['handler'], 'in-order'),
    ]);
    expect(await Promise.all(['confirm', 'handler'].map(store.countOpen))).toEqual([4, 1]);
    await store.keep(incoming('four'), [], 'in-order');
    expect(await Promise.all(['confirm', 'handler'].map(store.countOpen))).toEqual([4, 1]);
    // A callback that no route takes is confirmed too, because it is in the merchant's history.
    await store.keep(incoming('four', 2), [], 'confirm');
    expect(await Promise.all(['confirm', 'handler'].map(store.countOpen))).toEqual([5, 1]);
  });

  test(`${engine}: a quarantined callback is redelivered only after its release`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler'], 'confirm');
    const quarantined = { state: 'quarantined', routes: [] } as const;
    const dead = { state: 'dead', outcome: 'forged or stale: the pull says pending' } as const;
    await store.settleConfirmed([
      { claim: await claimOne(store, 'confirm'), settlement: dead, confirmation: quarantined },
    ]);
    const { redeliver, release } = store.maintenance;
    const none = { dead: 0, missing: 0, taken: 0, overtaken: 0, damaged: 0 };
    expect(await redeliver({ route: 'handler' }, { takesEvent: () => true }, 'a test')).toEqual(none);
    await expect(release({}, 'a test')).rejects.toThrow('id or merchantId is required');
    expect(await release({ id, merchantId: 'two' }, 'a test')).toBe(0);
    expect(await release({ id }, 'a test')).toBe(1);
    expect(await claimOne(store, 'confirm')).toMatchObject({ callbackId: id, confirmation: 'released' });
  });

  test.each([
    ['that waits for its next attempt', false],
    ['whose attempt runs', true],
  ])(
    `${engine}: a released callback has all of its attempts, and waits for no younger callback %s`,
    async (_, isRunning) => {
      const store = await opened();
      const passed = { ...confirmed, routes: ['handler'] } as const;
      const end = async (settlement: Settlement, confirmation: Confirmation) =>
        store.settleConfirmed([{ claim: await claimOne(store, 'confirm'), settlement, confirmation }]);
      const keep = (actionTime: number) => store.keep(incoming('one', actionTime), ['handler'], 'confirm');
      await keep(1);
      await end(taken, passed);
      const { id } = await keep(2);
      await end({ state: 'dead', outcome: 'stale' }, { state: 'quarantined', routes: [] });
      const { id: younger } = await keep(3);
      await end(taken, passed);
      // The line goes on after its first callback, and records only that no older delivery is open.
      await store.settle('handler', [{ claim: await claimOne(store), settlement: taken }]);
      const failed = await claimOne(store);
      expect(failed).toMatchObject({ callbackId: younger, attempt: 1 });
      const fail = () => store.settle('handler', [failedAttempt(failed, 3_600_000)]);
      if (!isRunning) await fail();
      expect(await claim(store)).toEqual([]);
      await store.maintenance.release({ id }, 'a test');
      await end(taken, passed);
      if (isRunning) await fail();
      expect(await claimOne(store)).toMatchObject({ callbackId: id, attempt: 1 });
    },
  );

  test(`${engine}: a delivery that a confirmed callback may overtake is claimed at once, even if its attempt has failed`, async () => {
    const store = await (await prepare())({ orders: new Map([['handler', 'latest']]) });
    onTestFinished(() => store.close());
    const { id } = await store.keep(incoming('one'), ['handler'], 'confirm');
    const passed = { ...confirmed, routes: ['handler'] } as const;
    const confirm = async () =>
      store.settleConfirmed([
        { claim: await claimOne(store, 'confirm'), settlement: taken, confirmation: passed },
      ]);
    await confirm();
    const failed = await claimOne(store);
    await store.keep(incoming('one', 2), ['handler'], 'confirm');
    await confirm();
    await store.settle('handler', [failedAttempt(failed, 3_600_000)]);
    expect(await claimOne(store)).toMatchObject({ callbackId: id, attempt: 2 });
  });

  test(`${engine}: a purge drops the pulled document with the body, and later the whole callback`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler'], 'confirm');
    await store.settleConfirmed([
      { claim: await claimOne(store, 'confirm'), settlement: taken, confirmation: confirmed },
    ]);
    await store.settle('handler', [{ claim: await claimOne(store), settlement: taken }]);
    await store.settle('forward', [{ claim: await claimOne(store, 'forward'), settlement: taken }]);
    const actor = 'a test';
    expect(await purge(store.maintenance, { actor, bodiesBefore: later(1) })).toMatchObject({ bodies: 1 });
    const masked = await store.get(id);
    expect(masked).toMatchObject({ held: 'masked', confirmation: { state: 'confirmed' } });
    expect(masked).not.toHaveProperty('pulled');
    expect(await purge(store.maintenance, { actor, callbacksBefore: later(1) })).toMatchObject({
      callbacks: 1,
    });
  });
}
