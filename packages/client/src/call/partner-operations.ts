import { type OperationId, requestLines } from '@partner-ecosystem/openapi/operations';
import type { OperationDocs, RawOperationDocs } from '../../generated/operation-docs.ts';
import type { OperationInput, OperationResult } from '../contract/operation-types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { AbortedError } from '../errors/network-errors.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import type { HttpResult } from '../http/http-result.ts';
import type { ResponseInfo } from '../http/response-of.ts';
import type { RetryOptions } from '../retry/retry-policy.ts';

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
  /**
   * Limits of retries of this call. Limits that are not given come from the client. `false` disables retries, except for
   * one new login after a 401.
   */
  retry?: RetryOptions | false | undefined;
  /** Additional headers. `Authorization`, `Accept` and `Content-Type` cannot be replaced. */
  headers?: Record<string, string> | undefined;
}

/** Operations of a corrected contract. Only the operations of our own contract have a comment. */
type AddedOperation = Exclude<OperationId, keyof OperationDocs>;

/** One method for each operation of the contract. Each resolves to the body of the successful response. */
export type PartnerOperations = {
  // The type of each method is written out, so that an editor shows its parameters.
  readonly [Id in keyof OperationDocs]: (
    input: OperationInput<Id>,
    options?: CallOptions,
  ) => Promise<OperationResult<Id>>;
} & {
  readonly [Id in AddedOperation]: (
    input: OperationInput<Id>,
    options?: CallOptions,
  ) => Promise<OperationResult<Id>>;
};

/**
 * A complete response. `ok` is true for the JSON of a success, and false for any other status or body. A 2xx that does not
 * come from the API, such as the HTML of a proxy, has `ok: false`.
 */
export type RawResponse<Id extends OperationId> = ResponseInfo &
  (
    | { readonly ok: true; readonly body: OperationResult<Id> }
    | {
        readonly ok: false;
        readonly body: unknown;
        /**
         * The error that the method would have thrown: an {@link OutcomeUnknownError} if a write may have been
         * applied.
         */
        readonly error: ApiError | OutcomeUnknownError;
      }
  );

/**
 * The same operations, resolving to their response with any status. A call rejects only if the operation got no
 * response, or if a guard refuses the response.
 */
export type RawOperations = {
  readonly [Id in keyof RawOperationDocs]: (
    input: OperationInput<Id>,
    options?: CallOptions,
  ) => Promise<RawResponse<Id>>;
} & {
  readonly [Id in AddedOperation]: (
    input: OperationInput<Id>,
    options?: CallOptions,
  ) => Promise<RawResponse<Id>>;
};

/** Input of any operation. The types of the contract describe the input and the result of each operation. */
export type Input = Readonly<Record<string, unknown>>;

/** Creates two methods for each operation of the contract: one resolves to the body, the other to the whole response. */
export function createOperations(
  call: (operationId: OperationId, input: Input, options?: CallOptions) => Promise<HttpResult>,
): PartnerOperations & { readonly raw: RawOperations } {
  const operations: Record<string, unknown> = {};
  const raw: Record<string, unknown> = {};
  for (const operationId of Object.keys(requestLines) as OperationId[]) {
    operations[operationId] = async (input: Input, options?: CallOptions) =>
      (await call(operationId, input, options)).body;
    raw[operationId] = (input: Input, options?: CallOptions) =>
      toRawResponse(operationId, call(operationId, input, options));
  }
  return { ...operations, raw } as ReturnType<typeof createOperations>;
}

/** Resolves to the response of a call, even if the response made the call fail. */
async function toRawResponse(
  operationId: OperationId,
  call: Promise<HttpResult>,
): Promise<RawResponse<OperationId>> {
  try {
    // A call resolves only to a success, and the types of the contract describe its body.
    return (await call) as RawResponse<OperationId>;
  } catch (error) {
    const failure = error instanceof OutcomeUnknownError ? error.failure : error;
    // The response to the login is not the response to the operation.
    if (!(failure instanceof ApiError && failure.operationId === operationId)) throw error;
    return {
      ok: false,
      status: failure.status,
      requestId: failure.requestId,
      headers: failure.headers(),
      body: failure.body(),
      // This error is the failure, or an `OutcomeUnknownError` that contains the failure.
      error: error as ApiError | OutcomeUnknownError,
    };
  }
}
