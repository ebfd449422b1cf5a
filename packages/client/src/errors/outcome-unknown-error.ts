import type { ContractError } from './contract-error.ts';
import type { AbortedError, ConnectionError, TimeoutError } from './network-errors.ts';
import { type CallInfo, PartnerError } from './partner-error.ts';
import type { ServerError } from './status-errors.ts';
import type { UnreadableResponseError } from './unreadable-response-error.ts';

/**
 * Why the outcome is unknown. `response`: a 2xx does not come from the API, the guard refused a 2xx, or the response is a
 * redirect.
 */
export type UnknownReason = 'timeout' | 'connection' | 'server' | 'response' | 'aborted';

/**
 * A write was sent, but the client cannot know whether the provider applied it. Find out before you send it again: no
 * write is idempotent, and a second `createMerchant` creates a second case.
 */
export class OutcomeUnknownError extends PartnerError {
  static override name = 'OutcomeUnknownError';

  declare readonly reason: UnknownReason;
  /** Failure of the last attempt. Contains no secrets, like this error. */
  declare readonly failure:
    | AbortedError
    | ContractError
    | ConnectionError
    | ServerError
    | TimeoutError
    | UnreadableResponseError;
  readonly #signzyAppId: string | undefined;

  constructor(call: CallInfo, reason: UnknownReason, failure: PartnerError, signzyAppId: string | undefined) {
    super(call, `may have been applied (${reason}). Find out before you go on.`, { reason, failure });
    this.#signzyAppId = signzyAppId;
  }

  /** Your reference of the case, if the input had one. Messages, JSON and inspection of this error leave it out. */
  signzyAppId(): string | undefined {
    return this.#signzyAppId;
  }
}
