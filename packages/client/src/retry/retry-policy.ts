import { AbortedError } from '../errors/aborted-error.ts';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { PartnerError } from '../errors/partner-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { ServerError } from '../errors/server-error.ts';
import { TimeoutError } from '../errors/network-errors.ts';
import { isNeverSent } from '../http/network-code.ts';

/** How far a call may go on trying. */
export interface RetryLimits {
  readonly attempts: number;
  readonly budgetMs: number;
  readonly maxRetryAfterMs: number;
}

/** Where a call stands after a failed attempt. */
export interface Standing {
  /** The attempts that were made. */
  readonly attempts: number;
  readonly elapsedMs: number;
  /** How long no login will be tried, because the last one failed. */
  readonly loginRestsMs: number;
}

const passing = new Set([408, 425, 500, 502, 503, 504]);

/** Whether an attempt that failed may have been carried out all the same. A refusal was not, and a login is no matter. */
export function isUnclear(failure: PartnerError): boolean {
  if (failure instanceof ConnectionError) return !isNeverSent(failure.code);
  return failure instanceof TimeoutError || failure instanceof AbortedError || failure instanceof ServerError;
}

/** Whether the same request may succeed a little later. */
export function isPassing(failure: PartnerError): boolean {
  if (failure instanceof ApiError) return failure instanceof RateLimitError || passing.has(failure.status);
  return failure instanceof TimeoutError || failure instanceof ConnectionError;
}

/** Whether a request of unclear outcome may be under way still, so that looking for its traces now proves nothing. */
export function isPerhapsUnderWay(failure: PartnerError): boolean {
  return failure instanceof TimeoutError || (failure instanceof ApiError && failure.status === 504);
}

/**
 * How long to wait before the next attempt, in milliseconds: full jitter under a bound that doubles from 250 ms to 8 s,
 * after what the provider asked for. `undefined` where there is to be no next attempt.
 *
 * @param random - At least 0 and less than 1.
 */
export function waitBeforeRepeat(
  failure: PartnerError,
  { attempts, elapsedMs, loginRestsMs }: Standing,
  limits: RetryLimits,
  random: number,
): number | undefined {
  const asked = (failure instanceof ApiError ? failure.retryAfterMs : undefined) ?? 0;
  if (!isPassing(failure) || attempts >= limits.attempts || asked > limits.maxRetryAfterMs) return undefined;
  const waitMs = Math.max(asked, loginRestsMs) + random * Math.min(8000, 250 * 2 ** (attempts - 1));
  return elapsedMs + waitMs <= limits.budgetMs ? waitMs : undefined;
}
