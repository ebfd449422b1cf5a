import { type RequestHeaders, readHeaders } from '../http/outgoing-request.ts';
import type { Fetch } from '../http/send-request.ts';
import { defaultLimits, type RetryLimits, readRetryLimits } from '../retry/retry-policy.ts';
import { assertLimit } from '../timing/assert-limit.ts';
import type { CallOptions } from './partner-operations.ts';

/** Settings that a client has, and that each call can replace. */
export interface CallSettings {
  readonly timeoutMs: number;
  readonly retry: RetryLimits;
  /** Additional headers of each request. */
  readonly headers: RequestHeaders;
}

/**
 * Reads the settings of a client or of a call. Settings that are not given come from the base: the defaults, or the
 * client's settings.
 *
 * @param fetch - The caller's own `fetch`. Without it, `timeoutMs` is at most five minutes, because the `fetch` of Node
 * and Bun gives up after that time.
 * @throws TypeError, RangeError if a setting is not usable.
 */
export function readCallSettings(
  options: CallOptions,
  fetch: Fetch | undefined,
  base: CallSettings = { timeoutMs: 30_000, retry: defaultLimits, headers: {} },
): CallSettings {
  const { timeoutMs = base.timeoutMs, retry, headers } = options;
  if (fetch) assertLimit('timeoutMs', timeoutMs);
  else assertLimit('timeoutMs without the option fetch', timeoutMs, 1, 300_000);
  return {
    timeoutMs,
    retry: readRetryLimits(retry, base.retry),
    headers: readHeaders(headers, base.headers),
  };
}
