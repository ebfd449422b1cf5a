import { type AbortedError, ConnectionError, TimeoutError } from './network-errors.ts';
import { type CallInfo, PartnerError } from './partner-error.ts';
import { ServerError } from './status-errors.ts';

/** Why the outcome is unknown. */
export type UnknownReason = 'timeout' | 'connection' | 'server' | 'aborted';

/** How to find out what happened, for operations with a known way. */
const remedies: { readonly [operationId: string]: string } = {
  createMerchant: 'Look for its signzyAppId in your records and callbacks: the API cannot search for it.',
  createPartner: 'Send it once more: a 422 with username (uniqueness) means that the partner exists.',
  pushMerchant: 'Pull the merchant to see.',
};

/**
 * A write was sent, but the client cannot know whether the provider applied it. Find out before you send it again: no
 * write is idempotent, and a second `createMerchant` creates a second case.
 */
export class OutcomeUnknownError extends PartnerError {
  static override name = 'OutcomeUnknownError';

  declare readonly reason: UnknownReason;
  /** Failure of the last attempt. Contains no secrets, like this error. */
  declare readonly failure: AbortedError | ConnectionError | ServerError | TimeoutError;
  readonly #signzyAppId: string | undefined;

  constructor(call: CallInfo, failure: OutcomeUnknownError['failure'], signzyAppId: string | undefined) {
    const reason = reasonOf(failure);
    const remedy = remedies[call.operationId] ?? 'Check before you send it again.';
    super(call, `may or may not have been applied (${reason}). ${remedy}`);
    this.reason = reason;
    this.failure = failure;
    this.#signzyAppId = signzyAppId;
  }

  /** Your reference of the case, if the input had one. Messages, JSON and inspection of this error leave it out. */
  signzyAppId(): string | undefined {
    return this.#signzyAppId;
  }
}

function reasonOf(failure: OutcomeUnknownError['failure']): UnknownReason {
  if (failure instanceof TimeoutError) return 'timeout';
  if (failure instanceof ConnectionError) return 'connection';
  return failure instanceof ServerError ? 'server' : 'aborted';
}
