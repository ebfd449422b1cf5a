import { assertPositiveLimit } from '../timing/assert-positive-limit.ts';

/** Limits of the attempts of one call. An attempt that is not safe is never made, with any limits. */
export interface RetryOptions {
  /**
   * Number of attempts of one call, including the first. A value of 1 disables retries.
   * @default 3
   */
  maxAttempts?: number | undefined;
  /**
   * Time from the start of a call in which its last attempt must begin, in milliseconds.
   * @default 60_000
   */
  budgetMs?: number | undefined;
  /**
   * Longest `Retry-After` to wait for, in milliseconds. A longer one ends the call, and the error has it as
   * `retryAfterMs`.
   * @default 30_000
   */
  maxRetryAfterMs?: number | undefined;
}

export type RetryLimits = { readonly [Name in keyof RetryOptions]-?: number };

export const singleAttempt: RetryLimits = { maxAttempts: 1, budgetMs: 0, maxRetryAfterMs: 0 };

/** @throws RangeError if an option is not a usable number of attempts or milliseconds. */
export function readRetryLimits(options: RetryOptions | false = {}): RetryLimits {
  if (options === false) return singleAttempt;
  const { maxAttempts = 3, budgetMs = 60_000, maxRetryAfterMs = 30_000 } = options;
  const limits = { maxAttempts, budgetMs, maxRetryAfterMs };
  for (const [name, value] of Object.entries(limits)) assertPositiveLimit(`retry.${name}`, value);
  return limits;
}
