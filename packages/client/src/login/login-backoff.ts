import { ApiError } from '../errors/api-error.ts';
import type { PartnerError } from '../errors/partner-error.ts';
import type { Credentials } from '../options.ts';

const longestAskedMs = 300_000;

/**
 * The pause after a failed login, so that an outage is not hammered and an account is not locked: 1 s, doubled with
 * each failure up to 30 s, or as long as the provider asks. In it, every call fails as the login did.
 */
export class LoginRest {
  #failures = 0;
  #until = 0;
  #failure: PartnerError | undefined;
  #refused: string | undefined;

  /** @param refused - The credentials, where it was them that the provider refused. */
  begin(failure: PartnerError, refused: Credentials | undefined): void {
    const asked = failure instanceof ApiError ? (failure.retryAfterMs ?? 0) : 0;
    const step = Math.min(30_000, 1000 * 2 ** this.#failures);
    this.#failures += 1;
    this.#until = performance.now() + Math.max(step, Math.min(asked, longestAskedMs));
    this.#failure = failure;
    this.#refused = refused && JSON.stringify(refused);
  }

  end(): void {
    this.#failures = 0;
    this.#until = 0;
  }

  leftMs(): number {
    return Math.max(0, Math.ceil(this.#until - performance.now()));
  }

  /**
   * Throws the failure while it rests: where no credentials would help, or where these very credentials were refused.
   * Others are tried at once.
   */
  throwIfResting(credentials?: Credentials): void {
    const refused = credentials && JSON.stringify(credentials);
    if (this.#failure && this.#refused === refused && this.leftMs() > 0) throw this.#failure;
  }
}
