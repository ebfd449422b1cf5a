import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { RawResponse } from '../call/partner-operations.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';

/**
 * Creates the response that openapi-fetch reads: `data` of a success, `error` of any other status. An error is never
 * falsy, so that `if (error)` finds it.
 *
 * @throws OutcomeUnknownError if a write may have been applied.
 * @throws ApiError if a 2xx does not come from the API, or if `Response` does not accept the status. In a page, `Response`
 * does not accept the status of a redirect.
 */
export function toContractResponse(raw: RawResponse<OperationId>): Response {
  if (raw.ok) return createResponse(raw, JSON.stringify(raw.body));
  const { status, body, error } = raw;
  if (status < 300 || error instanceof OutcomeUnknownError) throw error;
  try {
    return createResponse(raw, typeof body === 'string' ? body : JSON.stringify(body || {}));
  } catch {
    throw error;
  }
}

function createResponse({ status, headers: received }: RawResponse<OperationId>, body: string): Response {
  const headers = new Headers(received);
  // The body was decoded, and openapi-fetch skips a body of length 0.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(body, { status, headers });
}
