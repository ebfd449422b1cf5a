import { AbortedError, createDecisions } from '@partner-ecosystem/client';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { pull } from '../../support/example-input.ts';
import { failure, type PortableCheck } from './check.ts';

const callback = { merchantData: { id: pull.merchantId } };
const longWait = { firstPullAfterMs: 86_400_000, deadlineMs: 172_800_000 };

/** A callback or a signal ends a wait whose first pull comes after a day. */
export const decisionChecks: readonly PortableCheck[] = [
  {
    name: 'a callback ends a wait with the decision that the provider confirms',
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
    name: 'a signal ends a wait for a decision',
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
