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
import { inBatches } from '../store/engine/in-batches.ts';
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
  const settle = inBatches((settled: readonly SettledDelivery[]) => store.settle(route.name, settled));
  const settleConfirmed = inBatches((confirmed: readonly ConfirmedDelivery[]) =>
    store.settleConfirmed(confirmed),
  );

  /**
   * Resolves to whether the callback was taken.
   *
   * @param commit - Resolves to whether the claim was still held.
   * @param onStored - Called unless the claim was lost. The outcome of a lost claim does not count.
   */
  const untilStored = async (
    { claim, settlement }: SettledDelivery,
    seconds: number | undefined,
    commit: () => Promise<boolean>,
    onStored: () => void = () => {},
  ): Promise<boolean> => {
    const onEnd = (): void => {
      onStored();
      onAttempt(claim, settlement, seconds);
    };
    try {
      const hasEnded = await repeatUntilStored(commit, onEnd, onFault, () => isStopped);
      return hasEnded && settlement.state === 'taken';
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      return record(claim, { outcome: error.message, ...(seconds !== undefined && { seconds }) });
    }
  };
  const record = (claim: ClaimedDelivery, { outcome, overtaken, seconds, statements = [] }: EndedAttempt) => {
    const settlement = overtaken === undefined ? settlementOf(claim, outcome, route) : overtakenBy(overtaken);
    const settled = { claim, settlement };
    return untilStored(settled, seconds, () =>
      statements.length > 0 ? store.settleWith(settled, statements) : settle(settled),
    );
  };
  return {
    record,
    /** Records the end of a confirmation. */
    recordConfirmed: (claim: Claim, { outcome, seconds, confirmation }: EndedConfirmation) => {
      const confirmed = { claim, settlement: confirmedAs(confirmation, outcome), confirmation };
      return untilStored(
        confirmed,
        seconds,
        () => settleConfirmed(confirmed),
        () => onConfirmed(claim, confirmation),
      );
    },
    /** Stops the repetitions: the store is closing. */
    stop: () => {
      isStopped = true;
    },
  };
}

/**
 * Repeats the commit until the outcome is stored: an unsettled delivery would block its merchant until the next start.
 *
 * @param onStored - Called unless the claim was lost.
 * @returns `false` if the repetitions were stopped.
 * @throws StatementError if a statement of a handler failed.
 */
async function repeatUntilStored(
  commit: () => Promise<boolean>,
  onStored: () => void,
  onFault: (error: unknown) => void,
  isStopped: () => boolean,
): Promise<boolean> {
  // A commit that failed may have stored the outcome and ended the claim.
  let mayBeStored = false;
  for (;;) {
    try {
      const isHeld = await commit();
      if (isHeld || mayBeStored) onStored();
      return true;
    } catch (error) {
      if (error instanceof StatementError) throw error;
      onFault(error);
      mayBeStored = true;
    }
    if (isStopped()) return false;
    await sleep(faultPauseMs);
  }
}

function confirmedAs({ state }: Confirmation, outcome: string): Settlement {
  return state === 'quarantined' ? { state: 'dead', outcome } : { state: 'taken' };
}

function overtakenBy(outcome: string): Settlement {
  return { state: 'overtaken', outcome };
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
