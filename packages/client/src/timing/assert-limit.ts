/** A timer that is asked to wait longer than this ends immediately. */
const maxTimerMs = 2 ** 31 - 1;

/** @throws RangeError if the value is less than the minimum, or more than a timer can wait. */
export function assertLimit(name: string, value: number, min = 1): void {
  if (!(value >= min && value <= maxTimerMs))
    throw new RangeError(`${name} must be from ${min} to ${maxTimerMs}, but is ${value}.`);
}
