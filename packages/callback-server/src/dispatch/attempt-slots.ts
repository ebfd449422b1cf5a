import type { Claim } from '../callback/delivery.ts';
import type { ClaimLimits } from '../store/engine/records.ts';

type NumberedAttempt = Pick<Claim, 'attempt'>;

/**
 * Shares the attempts that may run at the same time between first attempts and retries. Retries take at most half, so
 * merchants whose callbacks fail slowly cannot stop other merchants.
 */
export function createAttemptSlots(concurrency: number) {
  const maxRetries = Math.max(1, Math.floor(concurrency / 2));
  let running = 0;
  let retries = 0;
  let wereRetriesFull = false;
  const isRetry = ({ attempt }: NumberedAttempt) => attempt > 1;
  return {
    /** Number of attempts that may start. */
    free: () => concurrency - running,
    /** Whether a retry may start. */
    mayRetry: () => retries < maxRetries,
    /** What to claim into `free` slots: at most one retry or, if more retries wait, retries for half of the slots. */
    limits: (free: number): ClaimLimits => {
      const wanted = wereRetriesFull ? Math.ceil(free / 2) : Math.min(1, free - 1);
      const limit = Math.max(0, Math.min(wanted, maxRetries - retries));
      return { fresh: free - limit, retries: limit };
    },
    /** Remembers whether more retries wait than were claimed. */
    claimed: (claims: readonly NumberedAttempt[], limits: ClaimLimits) => {
      const found = claims.filter(isRetry).length;
      // If only one slot is free, first attempts and retries take turns.
      wereRetriesFull =
        limits.fresh + limits.retries === 1
          ? limits.fresh === 1
          : limits.retries > 0 && found === limits.retries;
    },
    start: (claim: NumberedAttempt) => {
      running += 1;
      if (isRetry(claim)) retries += 1;
    },
    end: (claim: NumberedAttempt) => {
      running -= 1;
      if (isRetry(claim)) retries -= 1;
    },
  };
}
