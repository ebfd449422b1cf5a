import type { OperationId } from '@partner-ecosystem/openapi/operations';

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

  constructor(operationId: OperationId, message: string) {
    super(`${operationId} ${message}`);
    this.operationId = operationId;
  }
}
