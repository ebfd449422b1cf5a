import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Answer } from '../http/http-result.ts';
import { ApiError } from '../errors/api-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import type { OperationInput, OperationResult } from '../contract/operation-types.ts';
import type { CallOptions } from '../options.ts';

/** The provider's whole answer: a success with the body of the contract, or a refusal with whatever body it has. */
export type RawAnswer<Id extends OperationId> = { readonly status: number; readonly headers: Headers } & (
  | { readonly ok: true; readonly body: OperationResult<Id> }
  | { readonly ok: false; readonly body: unknown }
);

/** The operations again, resolving with the answer whatever its status. They reject only where there is none. */
export type RawOperations = {
  readonly [Id in OperationId]: (input: OperationInput<Id>, options?: CallOptions) => Promise<RawAnswer<Id>>;
};

/** A call's answer, also where it was a refusal. It is not enumerable in an error, and so has to be asked for. */
export async function rawAnswer(call: Promise<Answer>): Promise<RawAnswer<OperationId>> {
  try {
    const { status, headers, body } = await call;
    // What an operation answers with is known to the contract's types alone.
    return { ok: true, status, headers, body: body as OperationResult<OperationId> };
  } catch (error) {
    const refusal = error instanceof OutcomeUnknownError ? error.failure : error;
    if (!(refusal instanceof ApiError)) throw error;
    return { ok: false, status: refusal.status, headers: refusal.headers(), body: refusal.body() };
  }
}
