import { PartnerError } from '../errors/partner-error.ts';
import { retryAfterMsOf } from '../retry/retry-policy.ts';

const maxRetryAfterMs = 300_000;
const maxDelayMs = 30_000;

/** The delay after a failed login. */
export interface LoginBackoff {
  /** Milliseconds until the next login. Not positive if there is no delay. */
  remainingMs(): number;
  /** Logs in, or fails like the last login during the delay. */
  run<T>(login: () => Promise<T>): Promise<T>;
}

/**
 * Creates the backoff, which spares a provider in trouble and keeps the account from being locked. It lasts 1 s, doubled
 * with each failure up to 30 s, or as long as `Retry-After` asks for.
 */
export function createLoginBackoff(): LoginBackoff {
  let delayMs = 1000;
  let endsAt = 0;
  let failure: PartnerError | undefined;
  const remainingMs = () => Math.ceil(endsAt - performance.now());
  return {
    remainingMs,
    async run(login) {
      if (remainingMs() > 0) throw failure;
      try {
        const result = await login();
        delayMs = 1000;
        return result;
      } catch (error) {
        if (error instanceof PartnerError) {
          failure = error;
          endsAt = performance.now() + Math.max(delayMs, Math.min(retryAfterMsOf(error), maxRetryAfterMs));
          delayMs = Math.min(2 * delayMs, maxDelayMs);
        }
        throw error;
      }
    },
  };
}
