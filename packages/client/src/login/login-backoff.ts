import type { PartnerError } from '../errors/partner-error.ts';
import { retryAfterMsOf } from '../retry/retry-policy.ts';
import type { Credentials } from './token-source.ts';

const maxRetryAfterMs = 300_000;
const maxDelayMs = 30_000;

/**
 * Delay after a failed login, which spares a provider in trouble and keeps the account from being locked: 1 s, doubled
 * with each failure up to 30 s, or what `Retry-After` asks for. During the delay every call fails like the login.
 */
export class LoginBackoff {
  #failures = 0;
  #endsAt = 0;
  #failure: PartnerError | undefined;
  #rejected: string | undefined;

  /** @param rejected - The credentials, if the provider rejected them. */
  start(failure: PartnerError, rejected: Credentials | undefined): void {
    const delayMs = Math.min(maxDelayMs, 1000 * 2 ** this.#failures);
    this.#failures += 1;
    this.#endsAt = performance.now() + Math.max(delayMs, Math.min(retryAfterMsOf(failure), maxRetryAfterMs));
    this.#failure = failure;
    this.#rejected = rejected && JSON.stringify(rejected);
  }

  reset(): void {
    this.#failures = 0;
    this.#endsAt = 0;
  }

  remainingMs(): number {
    return Math.max(0, Math.ceil(this.#endsAt - performance.now()));
  }

  /**
   * Throws the failure during the delay. A failure that rejected credentials is thrown only for the same credentials, so
   * that others are tried immediately.
   */
  throwIfBackingOff(credentials?: Credentials): void {
    const given = credentials && JSON.stringify(credentials);
    if (this.#failure && this.#rejected === given && this.remainingMs() > 0) throw this.#failure;
  }
}
