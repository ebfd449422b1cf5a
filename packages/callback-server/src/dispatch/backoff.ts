const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Delays after each failed attempt, about three days in all. After the last attempt a delivery is given up. */
export const defaultDeliveryDelaysMs: readonly number[] = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  12 * hour,
  24 * hour,
  24 * hour,
];

/**
 * The delay after a failed attempt; `undefined` after the last attempt.
 *
 * @param attempt - Number of the failed attempt, from 1.
 * @param givesUp - Whether there is a last attempt. Otherwise the last delay repeats.
 * @param random - From 0 to 1. Adds up to a tenth, so that deliveries that failed together are not retried together.
 */
export function delayAfter(
  attempt: number,
  delaysMs: readonly number[],
  givesUp: boolean,
  random: number,
): number | undefined {
  const delay = delaysMs[attempt - 1] ?? (givesUp ? undefined : delaysMs.at(-1));
  return delay === undefined ? undefined : Math.round(delay * (1 + random / 10));
}
