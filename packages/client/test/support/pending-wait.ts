import { expect, vi } from 'vitest';
import { AbortedError, createDecisions, type WaitOptions } from '../../src/index.ts';
import { pull } from './example-input.ts';

/** Pulls that follow each other at once. */
export const soon: WaitOptions = { firstPullAfterMs: 1, intervalMs: 1 };
/** The first pull is so late that only a callback, a signal or another wait can end the wait. */
export const late: WaitOptions = { firstPullAfterMs: 3_600_000 };

/** Waits for a case that stays pending, with a fake clock, and records the times of the pulls. */
export function stayPending(options: WaitOptions = {}) {
  vi.useFakeTimers();
  const startedAt = performance.now();
  const pulls: number[] = [];
  const pullMerchant = { finish: async () => {}, status: 'pending' };
  const decisions = createDecisions({
    async pullMerchant({ merchantId: id }) {
      pulls.push(performance.now() - startedAt);
      await pullMerchant.finish();
      return { result: { merchantData: { basicDetails: { id, status: pullMerchant.status } } } };
    },
  });
  const controller = new AbortController();
  const wait = decisions.waitFor(pull, { ...options, signal: controller.signal });
  const notify = (id = pull.merchantId) => decisions.notify({ merchantData: { id } });
  const end = async () => {
    controller.abort();
    await expect(wait).rejects.toBeInstanceOf(AbortedError);
  };
  return { decisions, wait, pulls, pullMerchant, notify, end };
}
