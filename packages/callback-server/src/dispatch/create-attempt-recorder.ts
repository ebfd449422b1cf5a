import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedDelivery, SettledDelivery, Settlement } from '../callback/delivery.ts';
import type { CallbackStore } from '../store/callback-store.ts';
import { createGroupCommit } from '../store/engine/group-commit.ts';
import type { Statement } from '../store/engine/records.ts';
import { StatementError } from '../store/engine/statement-error.ts';
import { delayAfter } from './backoff.ts';
import type { Route } from './route.ts';

export interface DispatcherOptions {
  readonly store: CallbackStore;
  /** Called when an attempt has ended and is recorded. `seconds` is missing for an attempt that was cut off or not made. */
  readonly onAttempt: (claim: ClaimedDelivery, settlement: Settlement, seconds?: number) => void;
  readonly onFault: (error: unknown) => void;
}

/** How an attempt ended. */
interface EndedAttempt {
  /** `taken` or the reason of the failure. */
  readonly outcome: string;
  readonly seconds?: number;
  /** Statements that are committed together with the outcome. */
  readonly statements?: readonly Statement[];
}

const faultPauseMs = 1000;

/** Records the outcomes of attempts at a route. Outcomes of the same time share a commit. */
export function createAttemptRecorder(
  { name, delaysMs }: Route,
  { store, onAttempt, onFault }: DispatcherOptions,
) {
  let isStopped = false;
  const settlements = createGroupCommit<SettledDelivery, void>({
    commit: async (settled) => {
      await store.settle(name, settled);
      return settled.map(() => undefined);
    },
    faultOf: () => 'store',
    onFatal: () => {},
    onCommit: () => {},
  });

  /**
   * Repeats until the outcome is stored: an unsettled delivery would block its merchant until the next start. Resolves to
   * whether the callback was taken.
   */
  const record = async (
    claim: ClaimedDelivery,
    { outcome, seconds, statements = [] }: EndedAttempt,
  ): Promise<boolean> => {
    const settlement = settlementOf(claim, outcome, delaysMs);
    for (;;) {
      try {
        if (statements.length === 0) await settlements.add({ claim, settlement }, 1);
        // Another server has taken the claim over, and nothing was written.
        else if (!(await store.settleWith({ claim, settlement }, statements))) return false;
        onAttempt(claim, settlement, seconds);
        return settlement.state === 'taken';
      } catch (error) {
        if (error instanceof StatementError)
          return record(claim, { outcome: error.message, ...(seconds !== undefined && { seconds }) });
        onFault(error);
      }
      if (isStopped) return false;
      await sleep(faultPauseMs);
    }
  };
  return {
    record,
    /** Stops the repetitions: the store is closing. */
    stop: () => {
      isStopped = true;
    },
  };
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
