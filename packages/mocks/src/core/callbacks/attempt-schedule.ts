/** Seconds to wait after each failed attempt: the Fibonacci numbers that the vendor's outgoing queue is said to use. */
const waits: readonly number[] = [2, 3, 5, 8, 13, 21, 34, 55, 89];

/** When to try again after so many failed attempts, in epoch milliseconds; none after the tenth. */
export function nextAttemptAt(failures: number, now: number): number | undefined {
  const wait = waits[failures - 1];
  return wait === undefined ? undefined : now + wait * 1000;
}
