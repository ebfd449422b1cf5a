/** A timer that is asked to wait longer than this ends immediately. */
export const maxTimerMs = 2 ** 31 - 1;

/** @throws RangeError if the value is less than the minimum, or more than the maximum. */
export function assertLimit(name: string, value: number, min = 1, max = maxTimerMs): void {
  if (!(value >= min && value <= max))
    throw new RangeError(`${name} must be from ${min} to ${max}, but is ${value}.`);
}
