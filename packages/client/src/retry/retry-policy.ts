import type { UnknownReason } from '../errors/outcome-unknown-error.ts';
import { PartnerError } from '../errors/partner-error.ts';
import { isRecord, unchecked } from '../http/http-result.ts';
import { assertLimit } from '../timing/assert-limit.ts';

/** Limits of the attempts of one call. No limit makes the client send an attempt that is unsafe. */
export interface RetryOptions {
  /**
   * Number of attempts of one call, including the first. A value of 1 disables retries.
   * @default 3
   */
  maxAttempts?: number | undefined;
  /**
   * Time from the start of a call in which its last attempt must begin, in milliseconds. With 0 there is no retry.
   * @default 60_000
   */
  budgetMs?: number | undefined;
  /**
   * Longest `Retry-After` to wait for, in milliseconds. A longer `Retry-After` ends the call, and the error has its
   * delay as `retryAfterMs`. With 0 the client waits for no `Retry-After`.
   * @default 30_000
   */
  maxRetryAfterMs?: number | undefined;
  /**
   * Longest time for which the provider may still work on a request after the attempt has failed, in milliseconds. Until
   * then, "not found" by `findMerchant` proves nothing. Nobody has published this time: the default is the usual limit of
   * a gateway.
   * @default 60_000
   */
  maxProcessingMs?: number | undefined;
}

export type RetryLimits = { readonly [Name in keyof RetryOptions]-?: number };

export const defaultLimits: RetryLimits = {
  maxAttempts: 3,
  budgetMs: 60_000,
  maxRetryAfterMs: 30_000,
  maxProcessingMs: 60_000,
};

/**
 * Reads the limits of retries. Limits that are not given come from the base.
 *
 * @throws TypeError if the options are neither an object nor `false`.
 * @throws RangeError if an option is not a usable number of attempts or milliseconds.
 */
export function readRetryLimits(
  options: RetryOptions | false | null | undefined,
  base: RetryLimits,
): RetryLimits {
  if (options === undefined || options === null) return base;
  if (options !== false && !isRecord(options)) throw new TypeError('retry must be an object, or false.');
  const given: RetryOptions = options || { maxAttempts: 1 };
  const limits = { ...base };
  for (const name of Object.keys(base) as (keyof RetryLimits)[]) {
    limits[name] = given[name] ?? base[name];
    assertLimit(`retry.${name}`, limits[name], Number(name === 'maxAttempts'));
  }
  return limits;
}

/**
 * Longest `Retry-After` that delays logins and waits, in milliseconds. A longer `Retry-After` counts as this maximum:
 * a mistake in the header must not stop logins and waits for ever.
 */
export const longestRetryAfterMs = 300_000;

/**
 * A 2xx that is an error does not come from the API: it is the response of a proxy, or a response that was cut. A port
 * that `fetch` refuses stays refused.
 */
const transient = /^(Timeout|Connection|RateLimit)Error(?!bad port)|Error(2..|408|425|50[0234])$/;

/** The keys are names of classes, because only a guard needs the class `ContractError`. */
const reasons: { readonly [name: string]: UnknownReason } = {
  AbortedError: 'aborted',
  ConnectionError: 'connection',
  ContractError: 'response',
  ServerError: 'server',
  TimeoutError: 'timeout',
  UnreadableResponseError: 'response',
};

/**
 * Why the provider may have applied a failed attempt. `undefined` if the provider did not apply it: nothing was sent, or
 * the status is a 4xx other than 408 and 425. A redirect proves nothing: many servers redirect after they have stored a
 * POST.
 */
export function unknownReason(failure: unknown): UnknownReason | undefined {
  if (!(failure instanceof PartnerError) || unchecked(failure)?.['neverSent']) return undefined;
  return reasons[failure.name];
}

/** Whether the same request may succeed a little later. */
export function isTransient(failure: PartnerError): boolean {
  // The name decides, because `createDecisions` also takes a client of another copy of this package.
  return transient.test(`${failure.name}${unchecked(failure)?.['status'] ?? unchecked(failure)?.['code']}`);
}

/** Delay that the provider asks for, in milliseconds. */
export function retryAfterMsOf(failure: PartnerError): number {
  return Number(unchecked(failure)?.['retryAfterMs']) || 0;
}

/**
 * Calculates the delay before the next attempt, in milliseconds: the `Retry-After` or the login backoff, whichever is
 * longer, plus a random time. The random time is below a bound that doubles from 250 ms to 8 s (full jitter). Returns
 * `undefined` if no further attempt is allowed.
 *
 * @param attempts - Number of attempts that were made.
 * @param loginBackoffMs - Rest of the login backoff.
 */
export function retryDelay(
  failure: PartnerError,
  attempts: number,
  elapsedMs: number,
  loginBackoffMs: number,
  { maxAttempts, budgetMs, maxRetryAfterMs }: RetryLimits,
): number | undefined {
  const retryAfterMs = retryAfterMsOf(failure);
  if (!isTransient(failure) || attempts >= maxAttempts || retryAfterMs > maxRetryAfterMs) return undefined;
  const delayMs =
    Math.max(retryAfterMs, loginBackoffMs) + Math.random() * Math.min(8000, 250 * 2 ** (attempts - 1));
  return elapsedMs + delayMs <= budgetMs ? delayMs : undefined;
}
