import { PartnerError } from '../errors/partner-error.ts';
import { retryAfterMsOf } from '../retry/retry-policy.ts';

const maxRetryAfterMs = 300_000;
const maxDelayMs = 30_000;

/**
 * Delay after a failed login, which spares a provider in trouble and keeps the account from being locked: 1 s, doubled
 * with each failure up to 30 s, or what `Retry-After` asks for. During the delay every login fails like the last one.
 */
export class LoginBackoff {
  #failures = 0;
  #endsAt = 0;
  #failure: PartnerError | undefined;

  remainingMs(): number {
    return Math.max(0, Math.ceil(this.#endsAt - performance.now()));
  }

  /** Logs in, unless there is a delay. */
  async run<T>(login: () => Promise<T>): Promise<T> {
    if (this.remainingMs() > 0) throw this.#failure;
    try {
      const result = await login();
      this.#failures = 0;
      return result;
    } catch (error) {
      if (error instanceof PartnerError) {
        const retryAfterMs = Math.min(retryAfterMsOf(error), maxRetryAfterMs);
        const delayMs = Math.max(Math.min(maxDelayMs, 1000 * 2 ** this.#failures), retryAfterMs);
        this.#failures += 1;
        this.#endsAt = performance.now() + delayMs;
        this.#failure = error;
      }
      throw error;
    }
  }
}
