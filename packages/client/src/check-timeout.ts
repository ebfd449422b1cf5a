/**
 * A time limit as it was given.
 *
 * @throws RangeError for what a timer cannot wait for; it would end at once in place of never.
 */
export function checkTimeout(timeoutMs: number): number {
  if (timeoutMs > 0 && timeoutMs < 2 ** 31) return timeoutMs;
  throw new RangeError(`timeoutMs must be more than 0 and less than ${2 ** 31}, but is ${timeoutMs}.`);
}
