import { setTimeout as sleep } from 'node:timers/promises';
import type { Confirmation } from '../callback/confirmation.ts';
import type {
  Claim,
  ClaimedDelivery,
  ConfirmedDelivery,
  SettledDelivery,
  Settlement,
} from '../callback/delivery.ts';
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
  /** Called when the end of a confirmation is recorded. */
  readonly onConfirmed: (claim: ClaimedDelivery, confirmation: Confirmation) => void;
  readonly onFault: (error: unknown) => void;
}

/** How an attempt ended. */
interface EndedAttempt {
  /** `taken` or the reason of the failure. */
  readonly outcome: string;
  readonly seconds?: number;
  /** Why no attempt was made. */
  readonly overtaken?: string;
  /** Statements that are committed together with the outcome. */
  readonly statements?: readonly Statement[];
}

/** How an attempt at confirming a callback ended. */
interface EndedConfirmation extends EndedAttempt {
  readonly confirmation: Confirmation;
}

const faultPauseMs = 1000;

/** Records the outcomes of attempts at a route. Outcomes of the same time share a commit. */
export function createAttemptRecorder(
  route: Route,
  { store, onAttempt, onConfirmed, onFault }: DispatcherOptions,
) {
  let isStopped = false;
  const settlements = createOutcomeCommit<SettledDelivery>((settled) => store.settle(route.name, settled));
  const confirmations = createOutcomeCommit<ConfirmedDelivery>(store.settleConfirmed);

  /**
   * Repeats until the outcome is stored: an unsettled delivery would block its merchant until the next start. Resolves to
   * whether the callback was taken.
   *
   * @param commit - Resolves to whether the claim was still held.
   */
  const untilStored = async (
    claim: ClaimedDelivery,
    settlement: Settlement,
    seconds: number | undefined,
    commit: () => Promise<boolean>,
  ): Promise<boolean> => {
    for (;;) {
      try {
        if (!(await commit())) return false;
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
  const record = (claim: ClaimedDelivery, { outcome, overtaken, seconds, statements = [] }: EndedAttempt) => {
    const settlement: Settlement =
      overtaken === undefined
        ? settlementOf(claim, outcome, route)
        : { state: 'overtaken', outcome: overtaken };
    const settled = { claim, settlement };
    return untilStored(claim, settled.settlement, seconds, async () => {
      if (statements.length > 0) return store.settleWith(settled, statements);
      await settlements.add(settled, 1);
      return true;
    });
  };
  return {
    record,
    /** Records the end of a confirmation. */
    recordConfirmed: (claim: Claim, { outcome, seconds, confirmation }: EndedConfirmation) => {
      const settlement: Settlement =
        confirmation.state === 'quarantined' ? { state: 'dead', outcome } : { state: 'taken' };
      return untilStored(claim, settlement, seconds, async () => {
        await confirmations.add({ claim, settlement, confirmation }, 1);
        onConfirmed(claim, confirmation);
        return true;
      });
    },
    /** Stops the repetitions: the store is closing. */
    stop: () => {
      isStopped = true;
    },
  };
}

function createOutcomeCommit<Outcome>(store: (outcomes: readonly Outcome[]) => Promise<void>) {
  return createGroupCommit<Outcome, void>({
    commit: async (outcomes) => {
      await store(outcomes);
      return outcomes.map(() => undefined);
    },
    faultOf: () => 'store',
    onFatal: () => {},
    onCommit: () => {},
  });
}

function settlementOf(
  { attempt }: ClaimedDelivery,
  outcome: string,
  { delaysMs, givesUp = true }: Route,
): Settlement {
  if (outcome === 'taken') return { state: 'taken' };
  const retryDelayMs = delayAfter(attempt, delaysMs, givesUp, Math.random());
  return retryDelayMs === undefined ? { state: 'dead', outcome } : { state: 'due', retryDelayMs, outcome };
}
