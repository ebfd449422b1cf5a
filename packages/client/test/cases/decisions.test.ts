import { createSandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { afterEach, describe, expect, it, vi } from 'vitest';
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
/** So long that whatever ends sooner was ended by something else. */
const late: WaitOptions = { firstPullAfterMs: 3_600_000 };

/** A merchant who is pushed, and so pending, in a sandbox of its own. */
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

/** A provider whose case goes through these statuses, one a pull, and stays at the last. */
function startCase(...statuses: string[]) {
  const answer = (): ScriptedResponse => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    const basicDetails = { id: pull.merchantId, status };
    return { body: { result: { merchantData: { basicDetails } } } };
  };
  return startProvider({ pullMerchant: answer });
}

describe('a decision', () => {
  it.each([
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
  ])('is read from the provider’s word %j as %s', (status, decision) => {
    expect(readDecision(status)).toBe(decision);
  });

  it('is waited for by pulls, through other statuses, each of which is told once', async () => {
    await using provider = await startCase('new', 'pending', 'pending', 'draft', 'pending', 'Accepted');
    const told: string[] = [];
    const onStatus = (status: string) => void told.push(status);
    const decision = await createDecisions(provider.partner).waitFor(pull, { ...soon, onStatus });
    expect(decision).toMatchObject({ decision: 'accept', status: 'Accepted', merchantId: pull.merchantId });
    expect(decision.merchant.result.merchantData.basicDetails.status).toBe('Accepted');
    expect(told).toEqual(['new', 'pending', 'draft', 'pending', 'Accepted']);
    expect(provider.count('pullMerchant')).toBe(6);
  });

  it('is learnt at once from a callback, long before the first pull', async () => {
    const { sandbox, partner, merchantId, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    const waiting = decisions.waitFor(input, late);
    sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
    const callback = sandbox.callbacks.all().find(({ event }) => event === 'reject');
    expect(decisions.notify(callback?.payload)).toBe(true);
    expect(await waiting).toMatchObject({ decision: 'reject', merchantId });
    expect(decisions.notify(callback?.payload)).toBe(false);
  });

  it('is never taken from a callback, which anybody can post', async () => {
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

  it('comes after a draft that was mended and submitted again', async () => {
    const { sandbox, partner, merchantId, submit, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    sandbox.backOffice.askForMore(merchantId);
    const told: string[] = [];
    const onStatus = (status: string) => {
      told.push(status);
      if (status === 'draft') void submit().then(() => sandbox.backOffice.accept(merchantId));
    };
    expect(await decisions.waitFor(input, { ...soon, onStatus })).toMatchObject({ decision: 'accept' });
    expect(told[0]).toBe('draft');
  });

  it('that is reversed later ends a wait for the other one', async () => {
    const { sandbox, partner, merchantId, input } = await pendingMerchant();
    const decisions = createDecisions(partner);
    sandbox.backOffice.accept(merchantId);
    const after = await decisions.waitFor(input, soon);
    // Reversed only once the first decision was pulled again.
    const onStatus = (status: string) => {
      if (readDecision(status) === 'accept') sandbox.backOffice.reject(merchantId);
    };
    const reversal = decisions.waitFor(input, { ...soon, after, onStatus });
    expect(await reversal).toMatchObject({ decision: 'reject' });
  });

  it('reaches everybody who waits for it, and nobody who waits for another', async () => {
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

  /** A case that stays pending, and the moments at which it was pulled, on a clock that only the test moves. */
  function stayPending() {
    vi.useFakeTimers();
    const startedAt = performance.now();
    const pulls: number[] = [];
    const under = { way: async () => {} };
    const decisions = createDecisions({
      async pullMerchant() {
        pulls.push(performance.now() - startedAt);
        await under.way();
        return { result: { merchantData: { basicDetails: { id: pull.merchantId, status: 'pending' } } } };
      },
    });
    const controller = new AbortController();
    const wait = decisions.waitFor(pull, { signal: controller.signal });
    const ring = () => decisions.notify({ merchantData: { id: pull.merchantId } });
    const end = async () => {
      controller.abort();
      await expect(wait).rejects.toBeInstanceOf(AbortedError);
    };
    return { pulls, under, ring, end };
  }

  it('pulls after 2.5 minutes, and then at pauses that double from 30 s to 10 minutes', async () => {
    const { pulls, end } = stayPending();
    await vi.advanceTimersByTimeAsync(3_000_000);
    const pauses = pulls.map((at, pull) => (at - (pulls[pull - 1] ?? 0)) / 1000);
    expect(pauses).toEqual([150, 30, 60, 120, 240, 480, 600, 600, 600]);
    await end();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('begins its pauses anew after a callback', async () => {
    const { pulls, ring, end } = stayPending();
    await vi.advanceTimersByTimeAsync(400_000);
    expect(pulls.at(-1)).toBe(360_000);
    ring();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(pulls.slice(-2)).toEqual([400_000, 430_000]);
    await end();
  });

  it('pulls again where a callback came while it was pulling', async () => {
    const { pulls, under, ring, end } = stayPending();
    const answered = Promise.withResolvers<void>();
    under.way = () => answered.promise;
    ring();
    await vi.advanceTimersByTimeAsync(0);
    ring();
    under.way = async () => {};
    answered.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(pulls).toEqual([0, 0]);
    await end();
  });

  it('ends at its deadline, with the status that was last seen', async () => {
    await using provider = await startCase('pending');
    const failure = createDecisions(provider.partner).waitFor(pull, { ...soon, deadlineMs: 400 });
    await expect(failure).rejects.toBeInstanceOf(WaitTimeoutError);
    await expect(failure).rejects.toMatchObject({ operationId: 'pullMerchant', status: 'pending' });
    await expect(failure).rejects.toThrow('(the status is pending)');
  });

  it('pulls once more at its deadline, even where the first pull would come later', async () => {
    await using provider = await startCase('accept');
    const decision = await createDecisions(provider.partner).waitFor(pull, { ...late, deadlineMs: 20 });
    expect(decision).toMatchObject({ decision: 'accept' });
  });

  it('ends at once when it is aborted', async () => {
    await using provider = await startCase('pending');
    const controller = new AbortController();
    const failure = createDecisions(provider.partner).waitFor(pull, { ...late, signal: controller.signal });
    controller.abort(new Error('secret reason'));
    await expect(failure).rejects.toBeInstanceOf(AbortedError);
    await expect(failure).rejects.toMatchObject({ attempts: 0 });
    expect(provider.arrivals).toEqual([]);
  });

  it('outlasts what fails for a while, and ends with what fails for good', async () => {
    const answers: ScriptedResponse[] = [{ status: 503 }, success('pullMerchant')];
    await using provider = await startProvider({
      pullMerchant: () => answers.shift() ?? { status: 404, body: {} },
    });
    const decisions = createDecisions(provider.client({ retry: false }));
    expect(await decisions.waitFor(pull, soon)).toMatchObject({ decision: 'accept' });
    await expect(decisions.waitFor(pull, soon)).rejects.toBeInstanceOf(NotFoundError);
  });

  it.each([null, undefined, 7, 'text', [], {}, { merchantData: null }, { merchantData: { id: {} } }])(
    'is not disturbed by the callback %j',
    (callback) => {
      const pullMerchant = () => Promise.reject(new Error('not to be called'));
      expect(createDecisions({ pullMerchant }).notify(callback)).toBe(false);
    },
  );
});
