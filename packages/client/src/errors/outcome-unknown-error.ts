import type { AbortedError } from './aborted-error.ts';
import type { ConnectionError } from './connection-error.ts';
import { type Attempted, PartnerError } from './partner-error.ts';
import type { ServerError } from './server-error.ts';
import type { TimeoutError } from './network-errors.ts';

/** What kept the outcome from being known. */
export type UnknownReason = 'timeout' | 'connection' | 'server' | 'aborted';

/** How to find out, where there is a way. */
const ways: { readonly [operationId: string]: string } = {
  createMerchant: 'Look for its signzyAppId in your records and callbacks: the API cannot be asked.',
  createPartner: 'Send it once more: a 422 with username (uniqueness) says that it exists.',
  pushMerchant: 'Pull the merchant and look.',
};

/**
 * An operation that writes was sent, and it is not known whether it was carried out. Find out before you send it
 * again: nothing that writes is idempotent, and a second `createMerchant` is a second case.
 */
export class OutcomeUnknownError extends PartnerError {
  override get name(): string {
    return 'OutcomeUnknownError';
  }

  readonly reason: UnknownReason;
  /** What the last attempt failed with, as clean of secrets as this error is. */
  readonly failure: AbortedError | ConnectionError | ServerError | TimeoutError;
  readonly #signzyAppId: string | undefined;

  constructor(
    attempted: Attempted,
    failure: OutcomeUnknownError['failure'],
    signzyAppId: string | undefined,
  ) {
    // A reason is the name of its class, without the word that they all end in.
    const reason = failure.name.slice(0, -5).toLowerCase() as UnknownReason;
    const way = ways[attempted.operationId] ?? 'Look before you send it again.';
    super(attempted, `may have been carried out, or not (${reason}). ${way}`);
    this.reason = reason;
    this.failure = failure;
    this.#signzyAppId = signzyAppId;
  }

  /** Your own reference of the case, where the input had one. Left out of what a log would find, as a body is. */
  signzyAppId(): string | undefined {
    return this.#signzyAppId;
  }
}
