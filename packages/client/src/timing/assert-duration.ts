/**
 * A number as it was given.
 *
 * @throws RangeError for what is not more than 0, or what a timer cannot wait for: it would end at once in place of never.
 */
export function checkNumber(name: string, value: number): number {
  if (value > 0 && value < 2 ** 31) return value;
  throw new RangeError(`${name} cannot be ${value}.`);
}
