import type { AbortedError } from '../errors/network-errors.ts';
import type { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';

/** Options of a single call. */
export interface CallOptions {
  /**
   * Ends the call immediately, even while it waits for a login or for the next attempt. The call fails with an
   * {@link AbortedError}, or with an {@link OutcomeUnknownError} if a write was in flight.
   */
  signal?: AbortSignal | undefined;
  /**
   * Time limit of each attempt of this call, in milliseconds.
   * @default the client's `timeoutMs`
   */
  timeoutMs?: number | undefined;
  /** Additional headers. `Authorization`, `Accept` and `Content-Type` cannot be replaced. */
  headers?: Record<string, string> | undefined;
}
