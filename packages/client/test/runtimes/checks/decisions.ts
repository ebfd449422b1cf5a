import { AbortedError, createDecisions } from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { failure, type PortableCheck } from '../check.ts';
import { pull } from './operations.ts';

const callback = { merchantData: { id: pull.merchantId } };
const longWait = { firstPullAfterMs: 86_400_000, deadlineMs: 172_800_000 };

/** A wait that would take a day ends as soon as there is a reason. */
export const decisionChecks: readonly PortableCheck[] = [
  {
    name: 'a wait for a decision ends with the callback, as the provider confirms it',
    async run(visit) {
      const { partner, arrivals } = visit('as documented');
      const decisions = createDecisions(partner);
      const waiting = decisions.waitFor(pull, longWait);
      assertSame(decisions.notify(callback), true);
      assertSame((await waiting).decision, 'accept');
      assertSame((await arrivals()).at(-1)?.operationId, 'pullMerchant');
    },
  },
  {
    name: 'a wait for a decision ends with its signal',
    async run(visit) {
      const controller = new AbortController();
      const decisions = createDecisions(visit('as documented').partner);
      const aborted = failure(
        decisions.waitFor(pull, { ...longWait, signal: controller.signal }),
        AbortedError,
      );
      controller.abort();
      await aborted;
      assertSame(decisions.notify(callback), false);
    },
  },
];
