import { expect, onTestFinished, test } from 'vitest';
import type { IncomingCallback } from '../../src/callback/incoming-callback.ts';
import { purge } from '../../src/maintenance/purge.ts';
import { recoveredCallback } from '../../src/reconcile/recovered-callback.ts';
import type { OpenedStore } from '../../src/store/open-store.ts';
import { claimOne } from './claims.ts';
import { incoming, later, start } from './incoming-callbacks.ts';
import type { Open } from './store-suite.ts';

const realmId = 'realm';
const inStep = { state: 'in-step', quietMs: 0, delayMs: 60_000 } as const;
const failing = { state: 'failing', quietMs: 0, delayMs: 0 } as const;

function recovered(merchantId: string, status = 'accept'): IncomingCallback {
  const document = { result: { merchantData: { basicDetails: { id: merchantId, status } } } };
  const made = recoveredCallback({ merchantId, realmId }, document as never, start);
  if ('failed' in made) throw new Error(made.failed);
  return made;
}

/** Tests what every engine promises about the merchants whose callbacks are expected. */
export function testMerchants(engine: string, prepare: () => Promise<Open>): void {
  const opened = async (): Promise<OpenedStore> => {
    const store = await (await prepare())();
    onTestFinished(() => store.close());
    return store;
  };
  const claimed = async ({ merchants }: OpenedStore) => {
    const found = await merchants.claimMerchant(60_000);
    if (!found) throw new Error('Nothing was claimed.');
    return found;
  };
  const recover = async (store: OpenedStore, merchantId: string, routes = ['handler']) => {
    const claim = await claimed(store);
    return store.merchants.recover(claim, {
      callback: recovered(merchantId),
      pulled: Buffer.from('{"result":{}}'),
      routes,
      history: await store.merchants.historyOf(claim.expected?.merchantId ?? ''),
      next: inStep,
    });
  };

  test(`${engine}: a merchant is claimed once, when its check is due`, async () => {
    const { merchants } = await opened();
    await merchants.expect([{ merchantId: 'later', realmId }], true, 60_000);
    expect(await merchants.claimMerchant(60_000)).toBeUndefined();
    await merchants.expect([{ merchantId: 'one', realmId }], true, 0);
    const claim = await merchants.claimMerchant(60_000);
    expect(claim?.expected).toEqual({ merchantId: 'one', realmId });
    expect(await merchants.claimMerchant(60_000)).toBeUndefined();
    expect(await merchants.merchantCounts()).toMatchObject({
      known: 2,
      inStep: 1,
      overdue: 1,
      unverifiable: 0,
    });
    if (claim) await merchants.settleCheck(claim, inStep, null);
    expect(await merchants.merchantCounts()).toMatchObject({ overdue: 0, oldestOverdueMs: null });
  });

  test(`${engine}: a merchant whose claim does not end is claimed again after the lease`, async () => {
    const { merchants } = await opened();
    await merchants.expect([{ merchantId: 'one', realmId }], true, 0);
    const [first, second] = [await merchants.claimMerchant(0), await merchants.claimMerchant(60_000)];
    if (!first || !second) throw new Error('Nothing was claimed.');
    await merchants.settleCheck(first, inStep, null);
    expect(await merchants.merchantCounts()).toMatchObject({ overdue: 1 });
    await merchants.settleCheck(second, inStep, null);
    expect(await merchants.merchantCounts()).toMatchObject({ overdue: 0 });
  });

  test(`${engine}: expecting a merchant again makes no check later, and only a trusted source changes its realm`, async () => {
    const { merchants } = await opened();
    await merchants.expect([{ merchantId: 'one', realmId }], true, 0);
    await merchants.expect([{ merchantId: 'one', realmId: 'forged' }], false, 60_000);
    const first = await merchants.claimMerchant(0);
    expect(first?.expected).toEqual({ merchantId: 'one', realmId });
    await merchants.expect([{ merchantId: 'one', realmId: 'other' }], true, 60_000);
    expect((await merchants.claimMerchant(0))?.expected).toEqual({ merchantId: 'one', realmId: 'other' });
  });

  test(`${engine}: a realm that anybody may have posted is replaced until a pull with this realm has succeeded`, async () => {
    const { merchants } = await opened();
    await merchants.expect([{ merchantId: 'one', realmId: 'forged' }], false, 0);
    await merchants.expect([{ merchantId: 'one', realmId }], false, 0);
    const claim = await merchants.claimMerchant(60_000);
    expect(claim?.expected).toEqual({ merchantId: 'one', realmId });
    if (claim) await merchants.settleCheck(claim, inStep, null);
    await merchants.expect([{ merchantId: 'one', realmId: 'forged' }], false, 0);
    expect((await merchants.claimMerchant(60_000))?.expected).toEqual({ merchantId: 'one', realmId });
  });

  test(`${engine}: merchants that anybody may have posted wait for merchants of a trusted source`, async () => {
    const { merchants } = await opened();
    await merchants.expect([{ merchantId: 'posted', realmId }], false, 0);
    await merchants.expect([{ merchantId: 'named', realmId }], true, 0);
    const ids = [await merchants.claimMerchant(60_000), await merchants.claimMerchant(60_000)];
    expect(ids.map((claim) => claim?.expected?.merchantId)).toEqual(['named', 'posted']);
  });

  test(`${engine}: merchants are listed by how they stand, in pages, with the reason of a failure`, async () => {
    const { merchants } = await opened();
    await merchants.expect([{ merchantId: 'one', realmId }], true, 0);
    const one = await merchants.claimMerchant(60_000);
    if (one) await merchants.settleCheck(one, { ...failing, state: 'unverifiable' }, 'the pull failed');
    await merchants.expect([{ merchantId: 'two', realmId }], true, 0);
    // The unverifiable merchant is tried too.
    const tried = [await merchants.claimMerchant(60_000), await merchants.claimMerchant(60_000)];
    expect(tried.map((claim) => claim?.expected?.merchantId).sort()).toEqual(['one', 'two']);
    await merchants.expect([{ merchantId: 'three', realmId }], true, 60_000);
    const ids = async (state?: 'in-step' | 'overdue' | 'unverifiable') =>
      (await merchants.listMerchants({ ...(state && { state }) })).map(({ merchantId }) => merchantId);
    expect(await ids('unverifiable')).toEqual(['one']);
    expect(await ids('overdue')).toEqual(['two']);
    expect(await ids('in-step')).toEqual(['three']);
    const [first, ...others] = await merchants.listMerchants({});
    expect(others).toHaveLength(2);
    expect(await merchants.listMerchants({ after: first?.merchantId ?? '', limit: 1 })).toEqual([others[0]]);
    const [unverifiable] = await merchants.listMerchants({ state: 'unverifiable' });
    expect(unverifiable).toMatchObject({ reason: 'the pull failed', realmId });
  });

  test(`${engine}: a recovered callback is stored once, is marked, and goes to its routes`, async () => {
    const store = await opened();
    await store.keep(incoming('other'), []);
    await store.merchants.expect([{ merchantId: 'one', realmId }], true, 0);
    const id = await recover(store, 'one', ['handler', 'forward']);
    const claim = await claimOne(store);
    expect(claim).toMatchObject({ callbackId: id, confirmation: 'recovered', event: 'accept' });
    expect(Buffer.from(claim.pulled ?? []).toString()).toBe('{"result":{}}');
    expect(await store.countOpen('forward')).toBe(1);
    expect(await store.merchants.historyOf('one')).toMatchObject([
      { event: 'accept', standing: 'confirmed', isRecovered: true, at: start.getTime() },
    ]);
    // Nobody has posted the recovered callback.
    expect((await store.stats()).lastReceivedAt).toEqual(start);
    expect(await store.merchants.merchantCounts()).toMatchObject({ known: 1, overdue: 0 });
  });

  test(`${engine}: the same document is recovered again after a reversal`, async () => {
    const store = await opened();
    for (const _ of [1, 2]) {
      await store.merchants.expect([{ merchantId: 'one', realmId }], true, 0);
      await recover(store, 'one');
    }
    expect(await store.countOpen('handler')).toBe(2);
  });

  test(`${engine}: nothing is recovered if a callback of the merchant has arrived meanwhile`, async () => {
    const store = await opened();
    await store.merchants.expect([{ merchantId: 'one', realmId }], true, 0);
    const claim = await claimed(store);
    const history = await store.merchants.historyOf(claim.expected?.merchantId ?? '');
    await store.keep(incoming('one'), ['handler']);
    const late = { callback: recovered('one'), pulled: Buffer.from('{}'), routes: ['handler'], history };
    expect(await store.merchants.recover(claim, { ...late, next: inStep })).toBeUndefined();
    expect(await store.countOpen('handler')).toBe(1);
    expect(await store.merchants.merchantCounts()).toMatchObject({ overdue: 1 });
  });

  test(`${engine}: an erased merchant is forgotten, and a running check of it stores nothing`, async () => {
    const store = await opened();
    await store.merchants.expect([{ merchantId: 'one', realmId }], true, 0);
    const claim = await claimed(store);
    await store.maintenance.erase('one', 'a test');
    expect(await store.merchants.listMerchants({})).toEqual([]);
    const late = { callback: recovered('one'), pulled: Buffer.from('{}'), routes: ['handler'], history: [] };
    expect(await store.merchants.recover(claim, { ...late, next: inStep })).toBeUndefined();
    await store.merchants.settleCheck(claim, inStep, null);
    expect(await store.list({})).toEqual([]);
    await store.merchants.expect([{ merchantId: 'one', realmId }], true, 0);
    expect((await claimed(store)).expected).toEqual({ merchantId: 'one', realmId });
  });

  test(`${engine}: a callback that is handed on while its merchant is erased does not make the merchant expected again`, async () => {
    const store = await opened();
    const { merchants, maintenance } = store;
    const handedOn = async () => {
      const { callback } = await claimOne(store);
      return () => merchants.expect([{ merchantId: 'one', realmId, callback }], false, 60_000);
    };
    await store.keep(incoming('one'), ['handler']);
    const late = await handedOn();
    await maintenance.erase('one', 'a test');
    await late();
    expect(await merchants.listMerchants({})).toEqual([]);

    for (let round = 2; round < 30; round++) {
      await store.keep(incoming('one', round), ['handler']);
      const expectOne = await handedOn();
      await Promise.all([expectOne(), maintenance.erase('one', 'a test'), expectOne()]);
      expect([round, await merchants.listMerchants({})]).toEqual([round, []]);
    }
    // The next callback names the merchant again.
    await store.keep(incoming('one', 30), ['handler']);
    await (await handedOn())();
    expect(await merchants.listMerchants({})).toMatchObject([{ merchantId: 'one', realmId }]);
  });

  test(`${engine}: a purge forgets a merchant with its last callback, and keeps the others`, async () => {
    const store = await opened();
    const merchants = ['old', 'new', 'silent'].map((merchantId) => ({ merchantId, realmId }));
    await store.merchants.expect(merchants, true, 60_000);
    await store.keep(incoming('old'), []);
    await store.keep({ ...incoming('new'), receivedAt: new Date(Date.now() + 3_600_000) }, []);
    const actor = 'a test';
    await purge(store.maintenance, { actor, callbacksBefore: later(1) });
    expect((await store.merchants.merchantCounts()).known).toBe(3);
    await purge(store.maintenance, { actor, callbacksBefore: new Date(Date.now() + 60_000) });
    const left = await store.merchants.listMerchants({});
    expect(left.map(({ merchantId }) => merchantId)).toEqual(['new']);
  });
}
