import { setTimeout as sleep } from 'node:timers/promises';
import type { Claim, ClaimedDelivery, SettledDelivery, Settlement } from '../callback/delivery.ts';
import type { CallbackStore } from '../store/callback-store.ts';
import { createGroupCommit } from '../store/engine/group-commit.ts';
import type { ClaimLimits } from '../store/engine/records.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { createAttemptSlots } from './attempt-slots.ts';
import { delayAfter } from './backoff.ts';
import { createCircuit } from './create-circuit.ts';
import { createPassScheduler } from './create-pass-scheduler.ts';
import type { Route } from './route.ts';

export interface DispatcherOptions {
  readonly store: CallbackStore;
  /** Called when an attempt has ended and is recorded. `seconds` is missing for an attempt that was cut off. */
  readonly onAttempt: (claim: ClaimedDelivery, settlement: Settlement, seconds?: number) => void;
  readonly onFault: (error: unknown) => void;
}

const faultPauseMs = 1000;
/** How long a pass waits while more is due than it could claim, if no attempt ends before. */
const fullPauseMs = 20;
const recoverEveryMs = 5000;

/**
 * Claims the deliveries of one route when they fall due, tries each, and records the outcome, until it is stopped.
 * `wake` looks for due deliveries now.
 */
export function createRouteDispatcher(route: Route, { store, onAttempt, onFault }: DispatcherOptions) {
  const circuit = createCircuit();
  const slots = createAttemptSlots(route.concurrency);
  const running = new Set<Promise<void>>();
  const isRecoveryDue = createInterval(recoverEveryMs);
  let isStopped = false;

  const settlements = createGroupCommit<SettledDelivery, void>({
    commit: async (settled) => {
      await store.settle(route.name, settled);
      return settled.map(() => undefined);
    },
    faultOf: () => 'store',
    onFatal: () => {},
    onCommit: () => {},
  });

  const pass = async (): Promise<number | undefined> => {
    if (isStopped || !route.isActive()) return undefined;
    if (isRecoveryDue()) await recover();
    const free = Math.min(slots.free(), circuit.allowance());
    if (free <= 0) return circuit.waitMs() || undefined;
    const limits = slots.limits(free);
    const { claims, unreadable } = await store.claim(route.name, limits);
    slots.claimed(claims, limits);
    for (const claim of claims) start(claim);
    if (unreadable > 0) onFault(new UnreadableCallbackError(unreadable));
    return claims.length + unreadable < free ? msUntilDue(claims, limits) : undefined;
  };

  /** A callback that crashed its server counts as a failed attempt, so it backs off and is given up in the end. */
  const recover = async () => {
    await store.correctDueTimes(route.name);
    for (const claim of await store.reclaimExpired(route.name))
      await record(claim, settlementOf(claim, 'was cut off', route.delaysMs));
  };

  const msUntilDue = async (claims: readonly Claim[], { fresh }: ClaimLimits) => {
    if (claims.filter(({ attempt }) => attempt === 1).length === fresh && fresh > 0) return fullPauseMs;
    const due = await store.nextDueIn(route.name);
    const times = [due.fresh, slots.mayRetry() ? due.retry : undefined].filter((ms) => ms !== undefined);
    return Math.min(recoverEveryMs, ...times);
  };

  const start = (claim: Claim) => {
    slots.start(claim);
    circuit.started();
    const attempt = tryOnce(claim).finally(() => {
      slots.end(claim);
      running.delete(attempt);
      passes.wake();
    });
    running.add(attempt);
  };

  const tryOnce = async (claim: Claim) => {
    const startedAt = performance.now();
    const outcome = await attemptDelivery(route, claim);
    const seconds = (performance.now() - startedAt) / 1000;
    await record(claim, settlementOf(claim, outcome, route.delaysMs), seconds);
    if (outcome !== 'taken') circuit.failed();
    else if (circuit.succeeded()) await store.releaseDeferred(route.name).catch(onFault);
  };

  /** Repeats until the outcome is stored: an unsettled delivery would block its merchant until the next start. */
  const record = async (claim: ClaimedDelivery, settlement: Settlement, seconds?: number) => {
    for (;;) {
      try {
        await settlements.add({ claim, settlement }, 1);
        return onAttempt(claim, settlement, seconds);
      } catch (error) {
        onFault(error);
      }
      if (isStopped) return;
      await sleep(faultPauseMs);
    }
  };

  const passes = createPassScheduler(() =>
    pass().catch((error: unknown) => {
      onFault(error);
      return faultPauseMs;
    }),
  );
  return {
    circuit: circuit.state,
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

/** This server lacks the key of stored callbacks, so it leaves them alone. */
class UnreadableCallbackError extends Error {
  override readonly name = 'UnreadableCallbackError';
  readonly code = 'UNREADABLE';

  constructor(count: number) {
    super(`This server cannot decrypt ${count} due callbacks. Check that MASTER_KEYS has every key in use.`);
  }
}

function settlementOf(
  { attempt }: ClaimedDelivery,
  outcome: string,
  delaysMs: readonly number[],
): Settlement {
  if (outcome === 'taken') return { state: 'taken' };
  const retryDelayMs = delayAfter(attempt, delaysMs, Math.random());
  return retryDelayMs === undefined ? { state: 'dead', outcome } : { state: 'due', retryDelayMs, outcome };
}

/** Returns a function that returns true at its first call, and then once per interval. */
function createInterval(milliseconds: number): () => boolean {
  let nextAt = 0;
  return () => {
    if (performance.now() < nextAt) return false;
    nextAt = performance.now() + milliseconds;
    return true;
  };
}
