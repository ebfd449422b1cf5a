import { createSandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  AbortedError,
  createDecisions,
  NotFoundError,
  readDecision,
  type WaitOptions,
  WaitTimeoutError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { customer, startWork } from '../support/partner-at-work.ts';
import { startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';

const { realmId, flowId } = customer;
const soon: WaitOptions = { firstPullAfterMs: 1, intervalMs: 1 };
/** Late enough that only something else can end the wait. */
const late: WaitOptions = { firstPullAfterMs: 3_600_000 };

/** Creates a pending merchant in a new sandbox. */
async function pendingMerchant() {
  const { sandbox, partner, distributorId } = await startWork(createSandbox());
  const callbacks = {
    accept: 'http://127.0.0.1/a',
    reject: 'http://127.0.0.1/r',
    pending: 'http://127.0.0.1/p',
  };
  await partner.registerCallbacks({ distributorId, realmId, flowId, callbacks });
  const { id: merchantId } = await partner.createMerchant(customer);
  const submit = () => partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
  await submit();
  return { sandbox, partner, merchantId, submit, input: { merchantId, realmId } };
}

/** Starts a provider whose case has one of these statuses at each pull, and keeps the last. */
function startCase(...statuses: string[]) {
  const respond = (): ScriptedResponse => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    const basicDetails = { id: pull.merchantId, status };
    return { body: { result: { merchantData: { basicDetails } } } };
  };
  return startProvider({ pullMerchant: respond });
}

describe('a decision', () => {
  test.each([
    ['accept', 'accept'],
    ['Accepted', 'accept'],
    ['ACCEPT', 'accept'],
    [' rejected ', 'reject'],
    ['Reject', 'reject'],
    ['new', undefined],
    ['pending', undefined],
    ['draft', undefined],
    ['acceptable', undefined],
    ['not accepted', undefined],
    ['', undefined],
  ])('the status %j is read as %s', (status, decision) => {
    expect(readDecision(status)).toBe(decision);
  });

  test('waitFor pulls until the decision, and reports each change of the status once', async () => {
    await using provider = await startCase('new', 'pending', 'pending', 'draft', 'pending', 'Accepted');
    const statuses: string[] = [];
    const onStatus = (status: string) => void statuses.push(status);
    const decision = await createDecisions(provider.partner).waitFor(pull, { ...soon, onStatus });
    expect(decision).toMatchObject({ decision: 'accept', status: 'Accepted', merchantId: pull.merchantId });
    expect(decision.merchant.result.merchantData.basicDetails.status).toBe('Accepted');
    expect(statuses).toEqual(['new', 'pending', 'draft', 'pending', 'Accepted']);
    expect(provider.count('pullMerchant')).toBe(6);
  });

  test('a callback makes waitFor pull immediately, long before the first pull', async () => {
    const { sandbox, partner, merchantId, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    const waiting = decisions.waitFor(input, late);
    sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
    const callback = sandbox.callbacks.all().find(({ event }) => event === 'reject');
    expect(decisions.notify(callback?.payload)).toBe(true);
    expect(await waiting).toMatchObject({ decision: 'reject', merchantId });
    expect(decisions.notify(callback?.payload)).toBe(false);
  });

  test('a callback itself decides nothing, because anybody can post one', async () => {
    const { sandbox, partner, merchantId, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    const pulled = Promise.withResolvers<void>();
    const waiting = decisions.waitFor(input, { ...late, onStatus: () => pulled.resolve() });
    decisions.notify({ merchantData: { id: merchantId, status: 'accept' } });
    await pulled.promise;
    sandbox.backOffice.reject(merchantId);
    decisions.notify({ merchantData: { id: merchantId, status: 'reject' } });
    expect(await waiting).toMatchObject({ decision: 'reject' });
  });

  test('waitFor continues after a draft that is corrected and submitted again', async () => {
    const { sandbox, partner, merchantId, submit, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    sandbox.backOffice.askForMore(merchantId);
    const statuses: string[] = [];
    const onStatus = (status: string) => {
      statuses.push(status);
      if (status === 'draft') void submit().then(() => sandbox.backOffice.accept(merchantId));
    };
    expect(await decisions.waitFor(input, { ...soon, onStatus })).toMatchObject({ decision: 'accept' });
    expect(statuses[0]).toBe('draft');
  });

  test('waitFor with after resolves to the reversal of that decision', async () => {
    const { sandbox, partner, merchantId, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    sandbox.backOffice.accept(merchantId);
    const after = await decisions.waitFor(input, soon);
    // Reversed only after the first decision was pulled again.
    const onStatus = (status: string) => {
      if (readDecision(status) === 'accept') sandbox.backOffice.reject(merchantId);
    };
    const reversal = decisions.waitFor(input, { ...soon, after, onStatus });
    expect(await reversal).toMatchObject({ decision: 'reject' });
  });

  test('a callback wakes all waits for its merchant, and no other wait', async () => {
    await using provider = await startCase('accept');
    const decisions = createDecisions(provider.partner);
    const controller = new AbortController();
    const both = [decisions.waitFor(pull, late), decisions.waitFor(pull, late)];
    const other = decisions.waitFor(
      { ...pull, merchantId: '6553f1000000000000000009' },
      { ...late, signal: controller.signal },
    );
    decisions.notify({ merchantData: { id: pull.merchantId } });
    expect(await Promise.all(both)).toMatchObject([{ decision: 'accept' }, { decision: 'accept' }]);
    expect(provider.count('pullMerchant')).toBe(2);
    controller.abort();
    await expect(other).rejects.toBeInstanceOf(AbortedError);
  });
});

describe('a wait', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Waits for a case that stays pending, with a fake clock, and records the times of the pulls. */
  function stayPending() {
    vi.useFakeTimers();
    const startedAt = performance.now();
    const pulls: number[] = [];
    const pullMerchant = { finish: async () => {} };
    const decisions = createDecisions({
      async pullMerchant() {
        pulls.push(performance.now() - startedAt);
        await pullMerchant.finish();
        return { result: { merchantData: { basicDetails: { id: pull.merchantId, status: 'pending' } } } };
      },
    });
    const controller = new AbortController();
    const wait = decisions.waitFor(pull, { signal: controller.signal });
    const notify = () => decisions.notify({ merchantData: { id: pull.merchantId } });
    const end = async () => {
      controller.abort();
      await expect(wait).rejects.toBeInstanceOf(AbortedError);
    };
    return { pulls, pullMerchant, notify, end };
  }

  test('pulls follow after 2.5 minutes, and then at intervals that double from 30 s to 10 minutes', async () => {
    const { pulls, end } = stayPending();
    await vi.advanceTimersByTimeAsync(3_000_000);
    const intervals = pulls.map((at, pull) => (at - (pulls[pull - 1] ?? 0)) / 1000);
    expect(intervals).toEqual([150, 30, 60, 120, 240, 480, 600, 600, 600]);
    await end();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a callback resets the intervals', async () => {
    const { pulls, notify, end } = stayPending();
    await vi.advanceTimersByTimeAsync(400_000);
    expect(pulls.at(-1)).toBe(360_000);
    notify();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(pulls.slice(-2)).toEqual([400_000, 430_000]);
    await end();
  });

  test('a callback during a pull causes another pull', async () => {
    const { pulls, pullMerchant, notify, end } = stayPending();
    const responded = Promise.withResolvers<void>();
    pullMerchant.finish = () => responded.promise;
    notify();
    await vi.advanceTimersByTimeAsync(0);
    notify();
    pullMerchant.finish = async () => {};
    responded.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(pulls).toEqual([0, 0]);
    await end();
  });

  test('waitFor fails at its deadline, with the last status', async () => {
    await using provider = await startCase('pending');
    const failure = createDecisions(provider.partner).waitFor(pull, { ...soon, deadlineMs: 400 });
    await expect(failure).rejects.toBeInstanceOf(WaitTimeoutError);
    await expect(failure).rejects.toMatchObject({ operationId: 'pullMerchant', status: 'pending' });
    await expect(failure).rejects.toThrow('(the status is pending)');
  });

  test('waitFor pulls at its deadline, even if the first pull is due later', async () => {
    await using provider = await startCase('accept');
    const decision = await createDecisions(provider.partner).waitFor(pull, { ...late, deadlineMs: 20 });
    expect(decision).toMatchObject({ decision: 'accept' });
  });

  test('waitFor ends immediately when it is aborted', async () => {
    await using provider = await startCase('pending');
    const controller = new AbortController();
    const failure = createDecisions(provider.partner).waitFor(pull, { ...late, signal: controller.signal });
    controller.abort(new Error('secret reason'));
    await expect(failure).rejects.toBeInstanceOf(AbortedError);
    await expect(failure).rejects.toMatchObject({ attempts: 0 });
    expect(provider.arrivals).toEqual([]);
  });

  test('waitFor outlasts transient failures, and fails with permanent ones', async () => {
    const responses: ScriptedResponse[] = [{ status: 503 }, success('pullMerchant')];
    await using provider = await startProvider({
      pullMerchant: () => responses.shift() ?? { status: 404, body: {} },
    });
    const decisions = createDecisions(provider.client({ retry: false }));
    expect(await decisions.waitFor(pull, soon)).toMatchObject({ decision: 'accept' });
    await expect(decisions.waitFor(pull, soon)).rejects.toBeInstanceOf(NotFoundError);
  });

  test.each([null, undefined, 7, 'text', [], {}, { merchantData: null }, { merchantData: { id: {} } }])(
    'notify ignores the callback %j',
    (callback) => {
      const pullMerchant = () => Promise.reject(new Error('not to be called'));
      expect(createDecisions({ pullMerchant }).notify(callback)).toBe(false);
    },
  );
});
