import type { OperationInput } from '../contract/operation-types.ts';

/** What the partner logs in with. */
export type Credentials = OperationInput<'loginPartner'>;

/** A value, or a function that returns the value. The function is called each time, so the value can rotate. */
export type ValueOrFunction<T> = T | (() => T | Promise<T>);

/** Resolves to the current value of an option. */
export async function currentValue<T extends string | object>(option: ValueOrFunction<T>): Promise<T> {
  return typeof option === 'function' ? option() : option;
}
