import { isObject } from '../json/json-value.ts';
import { durationAdvice, isDuration } from './duration.ts';

/** An option has an unknown name or an invalid value. */
export class OptionError extends TypeError {
  override readonly name: string = 'OptionError';
}

/**
 * Rejects options with an unknown name: a misspelt option would otherwise have no effect. An untyped test can pass anything.
 *
 * @param subject - What has the options, such as `createSandbox`.
 * @throws OptionError that names the option and lists the known options.
 */
export function assertOptions(subject: string, given: unknown, known: readonly string[]): void {
  if (typeof given !== 'object' || given === null)
    throw new OptionError(`The options of ${subject} must be an object.`);
  for (const name of Object.keys(given))
    if (!known.includes(name))
      throw new OptionError(`${subject} has no option ${JSON.stringify(name)}. Use: ${known.join(', ')}.`);
}

/**
 * Rejects a filter that would match everything or nothing by mistake. An untyped test can pass a variable that was never set.
 *
 * @param subject - What takes the filter, such as `callbacks.next`.
 * @param properties - The properties of the filter, with their types.
 */
export function assertFilter(
  subject: string,
  given: unknown,
  properties: { readonly [name: string]: 'string' | 'number' },
): void {
  if (!isObject(given)) throw new OptionError(`The filter of ${subject} must be an object.`);
  assertOptions(`The filter of ${subject}`, given, Object.keys(properties));
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined)
      throw new OptionError(
        `The filter of ${subject} has no value for ${JSON.stringify(name)}. Leave the property out to match every value.`,
      );
    if (typeof value !== properties[name])
      throw new OptionError(`The ${name} of ${subject} must be a ${properties[name]}.`);
  }
}

/** Rejects a value that is not a duration. `undefined` is allowed. */
export function assertDuration(subject: string, given: unknown): void {
  if (given === undefined || isDuration(given)) return;
  throw new OptionError(`Invalid ${subject}: ${JSON.stringify(given)}. ${durationAdvice(given)}`);
}

/** Rejects a word that is not one of the known words. `undefined` is allowed. */
export function assertWord(subject: string, given: unknown, known: readonly (string | boolean)[]): void {
  if (given !== undefined && !known.some((word) => word === given))
    throw new OptionError(`Unknown ${subject}: ${JSON.stringify(given)}. Use one of: ${known.join(', ')}.`);
}
