import { eventNames } from '@partner-ecosystem/openapi/operations';
import type { CallbackEvent } from '../callback/callback-event.ts';
import { type HistoryEntry, isDecision, type MerchantHistory } from '../merchant/merchant-history.ts';

/** What a pulled status means for the callbacks of its merchant. */
export type RecoveryDecision =
  /** The callback of this status has arrived, or the provider posts none. */
  | { readonly kind: 'in-step' }
  /** The callback of this status is missing. */
  | { readonly kind: 'missed' }
  /** The pull says less than a decision that has arrived, or may be older than the decision. */
  | { readonly kind: 'contradicted'; readonly reason: string };

const inStep: RecoveryDecision = { kind: 'in-step' };

/**
 * Compares the pulled status of a merchant with its callbacks. Only what the provider posts to partners can be missed. A
 * callback of the same decision that waits for its confirmation has arrived.
 *
 * @param now - By the clock of the arrivals, in milliseconds since 1970.
 * @param agreeMs - How old a pull may be, in milliseconds. A decision that has just arrived may be newer.
 */
export function decideRecovery(
  pulled: CallbackEvent,
  history: MerchantHistory,
  now: number,
  agreeMs: number,
): RecoveryDecision {
  const known = history.filter(({ standing }) => standing !== 'waiting');
  const lastDecision = lastDecisionIn(known, agreeMs);
  if (isDecision(pulled)) {
    const hasArrived =
      lastDecision?.event === pulled ||
      history.some(({ event, standing }) => event === pulled && standing === 'waiting');
    if (hasArrived) return inStep;
    // After a jump of the clock, a decision can seem to arrive in the future. That must not hold up its reversal.
    const hasJustArrived = lastDecision && isWithin(now - lastDecision.arrivedAt, agreeMs);
    if (hasJustArrived)
      return { kind: 'contradicted', reason: `the pull says ${pulled} just after ${lastDecision.event}` };
    return { kind: 'missed' };
  }
  if (lastDecision && !isFollowed(lastDecision, known))
    return { kind: 'contradicted', reason: `the pull says ${pulled} after ${lastDecision.event}` };
  const isEvent = eventNames.some((event) => event === pulled);
  return isEvent && history.length === 0 ? { kind: 'missed' } : inStep;
}

/**
 * The decision that was delivered last. A pull can be older than a decision that waits for its confirmation. The decision
 * that is recovered from this pull is stored after the waiting decision, but delivered before the waiting decision.
 */
function lastDecisionIn(known: MerchantHistory, agreeMs: number): HistoryEntry | undefined {
  const [last, before] = known.filter(({ event }) => isDecision(event)).reverse();
  const hasWaited =
    last?.isRecovered &&
    before &&
    !before.isRecovered &&
    before.event !== last.event &&
    isWithin(last.arrivedAt - before.arrivedAt, agreeMs);
  return hasWaited ? before : last;
}

function isWithin(ageMs: number, maxMs: number): boolean {
  return ageMs >= 0 && ageMs < maxMs;
}

/** Whether the merchant has submitted its case again since a decision. */
function isFollowed({ sequence }: HistoryEntry, known: MerchantHistory): boolean {
  return known.some((entry) => entry.sequence > sequence && !isDecision(entry.event));
}
