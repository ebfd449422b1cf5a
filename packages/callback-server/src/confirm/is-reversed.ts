import { isNewer } from '../dispatch/why-overtaken.ts';
import type { MerchantHistory } from '../merchant/merchant-history.ts';

/**
 * Whether a callback may have been true, and a newer callback says what the pull says. Both callbacks must have arrived
 * while no pull worked. Otherwise a forged callback would pass for a reversed callback without a report.
 *
 * @param sequence - The callback's number in the history.
 * @param pulled - The event that the pull says.
 * @param workingSince - Since when pulls have worked, in milliseconds since 1970.
 */
export function isReversed(
  sequence: number,
  pulled: string | undefined,
  history: MerchantHistory,
  workingSince: number,
): boolean {
  const callback = history.find((entry) => entry.sequence === sequence);
  if (!callback || pulled === callback.event) return false;
  return history.some(
    (entry) =>
      entry.event === pulled &&
      entry.sequence > sequence &&
      entry.arrivedAt <= workingSince &&
      isNewer(entry, callback),
  );
}
