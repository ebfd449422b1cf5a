import type { CallbackEvent } from '../callback/callback-event.ts';
import type { RouteOrder } from '../callback/route-order.ts';
import { type HistoryEntry, isDecision, type MerchantHistory } from '../merchant/merchant-history.ts';

/**
 * Why a callback is not delivered to a route; `undefined` if the callback is delivered.
 *
 * - If an operator has opened an overtaken delivery again, the callback is delivered.
 * - If a decision was recovered, its late callback is not delivered. The late callback must be older than the pull, and
 *   nothing else may have happened between the two. The recovered callback must be taken, or have an open delivery.
 * - With the order `latest`, a newer confirmed callback overtakes the older callbacks. A reversal is always delivered.
 *
 * @param sequence - The callback's number in the history.
 * @param takesEvent - Which events the route takes. Callbacks of other events overtake nothing.
 */
export function whyOvertaken(
  sequence: number,
  history: MerchantHistory,
  order: RouteOrder,
  takesEvent: (event: CallbackEvent) => boolean,
): string | undefined {
  const callback = history.find((entry) => entry.sequence === sequence);
  if (!callback || callback.isReopened) return undefined;
  if (history.some((entry) => isRepeatOf(callback, entry, history)))
    return 'overtaken: the same decision was recovered';
  if (order !== 'latest' || isReversal(callback, history)) return undefined;
  const isOvertaken = history.some(
    (entry) => entry.standing === 'confirmed' && takesEvent(entry.event) && isNewer(entry, callback),
  );
  return isOvertaken ? 'overtaken: a newer callback is confirmed' : undefined;
}

function isRepeatOf(callback: HistoryEntry, recovered: HistoryEntry, history: MerchantHistory): boolean {
  const { event, at, sequence } = callback;
  if (!recovered.isRecovered || !recovered.isDelivered || callback.isRecovered) return false;
  if (!isDecision(event) || recovered.event !== event) return false;
  if (!isUpTo(at ?? 0, recovered)) return false;
  const [first, last] = [sequence, recovered.sequence].sort((one, other) => one - other) as [number, number];
  return !history.some(
    (entry) =>
      entry.sequence > first &&
      entry.sequence < last &&
      entry.event !== event &&
      entry.standing !== 'waiting' &&
      // Only another decision undoes a delivered decision, whatever the provider's clock says.
      (isDecision(entry.event) || !isUpTo(entry.at ?? Number.POSITIVE_INFINITY, recovered)),
  );
}

/** Whether something had happened when the merchant was pulled. */
function isUpTo(at: number, { at: pulledAt = 0 }: HistoryEntry): boolean {
  return at <= pulledAt;
}

/**
 * Whether the decision before this decision was the opposite. An unconfirmed callback may be older, and late. A confirmed
 * callback is true now, whatever the provider's clock says.
 */
function isReversal(callback: HistoryEntry, history: MerchantHistory): boolean {
  const { sequence, event, standing } = callback;
  if (!isDecision(event)) return false;
  const earlier = history.findLast(
    (entry) => entry.sequence < sequence && isDecision(entry.event) && entry.standing !== 'waiting',
  );
  if (earlier === undefined || earlier.event === event) return false;
  return standing === 'confirmed' || isNewer(callback, earlier);
}

/** Whether `one` is newer: by the provider's times if both exist and differ, and otherwise by the order of arrival. */
export function isNewer(one: HistoryEntry, other: HistoryEntry): boolean {
  if (one.at === undefined || other.at === undefined || one.at === other.at)
    return one.sequence > other.sequence;
  return one.at > other.at;
}
