import type { OperationId } from '@partner-ecosystem/openapi/operations';

/** The call that an error tells of. */
export interface Attempted {
  readonly operationId: OperationId;
  /** How many times it was sent, or was to be sent had the login before it succeeded. */
  readonly attempts: number;
}

/**
 * What an operation failed with; test for it with `instanceof`.
 *
 * Everything that goes wrong between the call and the provider's answer belongs to this family. Outside it, on
 * purpose: mistakes in the options or the input (`TypeError`, `RangeError`), and whatever a function of yours throws,
 * such as `credentials`.
 *
 * No error of the family holds a token, a password, a URL or a word of the request or the answer where a log would
 * find it; there is no `cause` for that reason.
 */
export abstract class PartnerError extends Error {
  /** The operation that failed; `loginPartner` where the login before it did. */
  readonly operationId: OperationId;
  /** How many times the operation was tried. */
  readonly attempts: number;

  constructor({ operationId, attempts }: Attempted, message: string) {
    super(`${operationId} ${message}`);
    this.operationId = operationId;
    this.attempts = attempts;
  }
}
