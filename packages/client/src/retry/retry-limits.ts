import { checkNumber } from '../timing/assert-duration.ts';
import type { RetryOptions } from '../options.ts';
import type { RetryLimits } from './retry-policy.ts';

export const once: RetryLimits = { attempts: 1, budgetMs: 0, maxRetryAfterMs: 0 };

/**
 * The limits as they were given.
 *
 * @throws RangeError for what is no number of attempts or milliseconds.
 */
export function retryLimits(options: RetryOptions | false | undefined): RetryLimits {
  if (options === false) return once;
  const { attempts = 3, budgetMs = 60_000, maxRetryAfterMs = 30_000 } = options ?? {};
  const limits = { attempts, budgetMs, maxRetryAfterMs };
  for (const [name, value] of Object.entries(limits)) checkNumber(`retry.${name}`, value);
  return limits;
}
