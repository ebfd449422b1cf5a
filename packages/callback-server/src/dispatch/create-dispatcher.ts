import { setTimeout as sleep } from 'node:timers/promises';
import type { Claim, Settlement } from '../callback/delivery.ts';
import type { CallbackStore } from '../store/callback-store.ts';
import { delayAfter } from './backoff.ts';
import { type Deliver, DeliveryRefusedError } from './create-forward.ts';
import { createPassScheduler } from './create-pass-scheduler.ts';
import { failureCause } from './failure-cause.ts';

interface DispatcherOptions {
  readonly store: CallbackStore;
  readonly deliver: Deliver;
  readonly delaysMs: readonly number[];
  /** Milliseconds that one attempt may take. */
  readonly attemptTimeoutMs: number;
  readonly onAttempt: (claim: Claim, settlement: Settlement) => void;
  readonly onFault: (error: unknown) => void;
}

const maxConcurrent = 8;
const faultPauseMs = 1000;

/**
 * Claims deliveries when they fall due, tries each, and records the outcome, until it is stopped. `wake` looks for due
 * deliveries now.
 */
export function createDispatcher(options: DispatcherOptions) {
  const { store, onAttempt, onFault } = options;
  const running = new Set<Promise<void>>();
  let isStopped = false;

  const claimDue = async (): Promise<number | undefined> => {
    // A callback that crashed the process counts as a failed attempt, so it backs off and is given up in the end.
    for (const claim of await store.reclaimExpired()) await record(claim, 'was cut off');
    while (!isStopped && running.size < maxConcurrent) {
      const claim = await store.claim(new Date());
      if (!claim) {
        const dueAt = await store.nextDueAt();
        return dueAt ? dueAt.getTime() - Date.now() : Number.POSITIVE_INFINITY;
      }
      const attempt = tryOnce(claim).finally(() => {
        running.delete(attempt);
        passes.wake();
      });
      running.add(attempt);
    }
    return undefined;
  };

  const tryOnce = async (claim: Claim) => {
    const outcome = await attemptOutcome(options, claim);
    // Retries: an unsettled delivery would block its merchant until the next start.
    for (;;) {
      try {
        return await record(claim, outcome);
      } catch (error) {
        onFault(error);
      }
      if (isStopped) return;
      await sleep(faultPauseMs);
    }
  };

  const record = async (claim: Claim, outcome: string) => {
    const settlement = settlementOf(claim, outcome, options.delaysMs);
    await store.settle(claim, new Date(), settlement);
    onAttempt(claim, settlement);
  };

  const passes = createPassScheduler(() =>
    claimDue().catch((error: unknown) => {
      onFault(error);
      return faultPauseMs;
    }),
  );
  return {
    wake: passes.wake,
    /** Claims no more deliveries, and resolves when the running attempts have ended. */
    stop: async () => {
      isStopped = true;
      await passes.stop();
      await Promise.all(running);
      await passes.stop();
    },
  };
}

/** Makes an attempt. Resolves to `taken` or to the reason of its failure, without any data of the callback. */
async function attemptOutcome(
  { deliver, attemptTimeoutMs }: DispatcherOptions,
  claim: Claim,
): Promise<string> {
  const timeout = AbortSignal.timeout(attemptTimeoutMs);
  try {
    await Promise.race([deliver(claim, timeout), rejectionOf(timeout)]);
    return 'taken';
  } catch (error) {
    if (timeout.aborted) return `took longer than ${attemptTimeoutMs} ms`;
    if (error instanceof DeliveryRefusedError) return error.message;
    return failureCause(error);
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function settlementOf({ attempt }: Claim, outcome: string, delaysMs: readonly number[]): Settlement {
  if (outcome === 'taken') return { state: 'taken' };
  const delay = delayAfter(attempt, delaysMs, Math.random());
  return delay === undefined
    ? { state: 'dead', outcome }
    : { state: 'due', nextAt: new Date(Date.now() + delay), outcome };
}
