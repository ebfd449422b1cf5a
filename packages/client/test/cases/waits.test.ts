import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  AbortedError,
  ContractError,
  createDecisions,
  NotFoundError,
  WaitTimeoutError,
} from '../../src/index.ts';
import { success } from '../support/contract-example.ts';
import { pull } from '../support/example-input.ts';
import { late, soon, stayPending } from '../support/pending-wait.ts';
import { startProvider } from '../support/provider.ts';
import type { ScriptedResponse } from '../support/scripted-provider.ts';

/** Starts a provider whose case has the next of these statuses at each pull. The last status stays. */
function startCase(...statuses: string[]) {
  const respond = (): ScriptedResponse => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    const basicDetails = { id: pull.merchantId, status };
    return { body: { result: { merchantData: { basicDetails } } } };
  };
  return startProvider({ pullMerchant: respond });
}

describe('a wait', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('pulls follow after 2.5 minutes, and then at intervals that double from 30 s to 10 minutes', async () => {
    const { pulls, end } = stayPending();
    await vi.advanceTimersByTimeAsync(3_000_000);
    const intervals = pulls.map((at, pull) => (at - (pulls[pull - 1] ?? 0)) / 1000);
    expect(intervals).toEqual([150, 30, 60, 120, 240, 480, 600, 600, 600]);
    await end();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a wait keeps its merchant, even if the caller changes the input later', async () => {
    const decisions = createDecisions({
      pullMerchant: async ({ merchantId: id }) => ({
        result: { merchantData: { basicDetails: { id, status: 'accept' } } },
      }),
    });
    const input = { ...pull };
    const ids = ['6553f1000000000000000011', '6553f1000000000000000012'];
    const waits = ids.map((merchantId) => decisions.waitFor(Object.assign(input, { merchantId }), soon));
    const decided = await Promise.all(waits);
    expect(decided.map(({ merchantId }) => merchantId)).toEqual(ids);
    expect(decided.map(({ merchant }) => merchant.result.merchantData.basicDetails.id)).toEqual(ids);
  });

  test.each([undefined, {}, { realmId: pull.realmId }, { ...pull, merchantId: '..' }])(
    'the input %j is rejected at once, and not by the first pull',
    async (input) => {
      const { decisions, pulls, end } = stayPending();
      await expect(decisions.waitFor(input as typeof pull)).rejects.toThrow(
        /^pullMerchant needs a valid merchantId/,
      );
      expect(pulls).toEqual([]);
      await end();
    },
  );

  test('a wait with firstPullAfterMs 0 begins with a pull, and intervalMs 0 is rejected', async () => {
    const { decisions, pulls, end } = stayPending({ firstPullAfterMs: 0 });
    await vi.advanceTimersByTimeAsync(0);
    expect(pulls).toEqual([0]);
    await end();
    await expect(decisions.waitFor(pull, { intervalMs: 0 })).rejects.toThrow(RangeError);
    await expect(decisions.waitFor(pull, { deadlineMs: 0 })).rejects.toThrow(RangeError);
  });

  test.each([
    () => {
      throw new Error('thrown');
    },
    () => Promise.reject(new Error('rejected')),
    () => new Promise(() => {}),
  ])('an onStatus that fails or hangs does not end the wait: %s', async (onStatus) => {
    await using provider = await startCase('new', 'accept');
    const decision = await createDecisions(provider.partner).waitFor(pull, { ...soon, onStatus });
    expect(decision).toMatchObject({ decision: 'accept' });
  });

  test.each([{ result: {} }, { result: 'x' }, { result: { merchantData: { basicDetails: { status: 7 } } } }])(
    'a pull without a status ends the wait with a ContractError: %j',
    async (body) => {
      await using provider = await startProvider({ pullMerchant: () => ({ body: JSON.stringify(body) }) });
      const failure = createDecisions(provider.partner).waitFor(pull, soon);
      await expect(failure).rejects.toBeInstanceOf(ContractError);
      await expect(failure).rejects.toThrow('/result/merchantData/basicDetails/status (type)');
    },
  );

  test.each([{ body: { blocked: true } }, { body: null }, { body: { result: null } }])(
    'a pull whose response does not come from the API does not end the wait: $body',
    async ({ body }) => {
      const basicDetails = { id: pull.merchantId, status: 'accept' };
      const bodies: unknown[] = [{ result: { merchantData: { basicDetails } } }, body];
      await using provider = await startProvider({
        pullMerchant: () => ({ body: JSON.stringify(bodies.pop()) }),
      });
      const decision = await createDecisions(provider.client({ retry: false })).waitFor(pull, soon);
      expect(decision).toMatchObject({ decision: 'accept' });
    },
  );

  test('a status that may contain other data is not in the error', async () => {
    const { wait, pulls, pullMerchant } = stayPending({ ...soon, deadlineMs: 400 });
    pullMerchant.status = 'pending\nAsha: +91 0000000002';
    const failure = wait.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(400);
    const error = await failure;
    expect(pulls).not.toEqual([]);
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(JSON.stringify(error) + String(error)).not.toContain('Asha');
  });

  test('each pull of a wait sends the version', async () => {
    await using provider = await startCase('pending', 'accept');
    await createDecisions(provider.partner).waitFor(pull, soon);
    const pulled = provider.arrivals.filter(({ path }) => path.includes('pullMerchant'));
    expect(pulled.map(({ query }) => query['version'])).toEqual(['1.1.0', '1.1.0']);
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

  test('waitFor continues after transient failures, and fails with permanent failures', async () => {
    const responses: ScriptedResponse[] = [{ status: 503 }, success('pullMerchant')];
    await using provider = await startProvider({
      pullMerchant: () => responses.shift() ?? { status: 404, body: {} },
    });
    const decisions = createDecisions(provider.client({ retry: false }));
    expect(await decisions.waitFor(pull, soon)).toMatchObject({ decision: 'accept' });
    await expect(decisions.waitFor(pull, soon)).rejects.toBeInstanceOf(NotFoundError);
  });
});
