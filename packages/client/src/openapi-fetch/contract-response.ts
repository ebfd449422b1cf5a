import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { RawResponse } from '../call/partner-operations.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';

/**
 * Creates the response that openapi-fetch reads: `data` of a success, `error` of any other status. An error is never
 * falsy, so that `if (error)` finds it.
 *
 * @throws OutcomeUnknownError if a write may have been applied.
 * @throws ApiError if `Response` does not accept the status, as with a redirect in a page.
 */
export function toContractResponse(raw: RawResponse<OperationId>): Response {
  if (raw.ok) return createResponse(raw, JSON.stringify(raw.body));
  const { body, error } = raw;
  if (error instanceof OutcomeUnknownError) throw error;
  try {
    return createResponse(raw, typeof body === 'string' ? body : JSON.stringify(body || {}));
  } catch {
    throw error;
  }
}

function createResponse({ status, headers }: RawResponse<OperationId>, body: string): Response {
  const response = new Response(body, { status, headers });
  // The body was decoded, and openapi-fetch skips a body of length 0.
  for (const name of ['Content-Encoding', 'Content-Length']) response.headers.delete(name);
  return response;
}
