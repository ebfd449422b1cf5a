/** A timer that is asked to wait longer than this ends immediately. */
const maxTimerMs = 2 ** 31 - 1;

/** @throws RangeError if the value is not positive, or more than the maximum. */
export function assertPositiveLimit(name: string, value: number, max = maxTimerMs): void {
  if (!(value > 0 && value <= max))
    throw new RangeError(`${name} must be more than 0 and at most ${max}, but is ${value}.`);
}
