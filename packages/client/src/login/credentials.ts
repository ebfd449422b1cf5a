import type { ValueOrFunction } from '../options.ts';

/** The value of an option that may be given as a function. */
export async function currentValue<T extends string | object>(option: ValueOrFunction<T>): Promise<T> {
  return typeof option === 'function' ? option() : option;
}
