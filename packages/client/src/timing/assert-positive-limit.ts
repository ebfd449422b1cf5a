/** A timer that is asked to wait longer than this ends immediately. */
const maxTimerMs = 2 ** 31 - 1;

/** @throws RangeError if the value is not positive, or more than a timer can wait. */
export function assertPositiveLimit(name: string, value: number): void {
  if (!(value > 0 && value <= maxTimerMs))
    throw new RangeError(`${name} must be more than 0 and at most ${maxTimerMs}, but is ${value}.`);
}
