/** Longest time of a timer, in milliseconds. A timer with a longer time ends immediately. */
export const maxTimerMs = 2 ** 31 - 1;

/** @throws RangeError if the value is not a number, less than the minimum, or more than the maximum. */
export function assertLimit(name: string, value: number, min = 1, max = maxTimerMs): void {
  // JavaScript would append a text to a number, and not add the two.
  if (!(typeof value === 'number' && value >= min && value <= max))
    throw new RangeError(`${name} must be a number from ${min} to ${max}.`);
}
