import type { Operation } from '@partner-ecosystem/openapi/operations';
import { UnreadableResponseError } from './errors/unreadable-response-error.ts';
import type { CallOptions } from './partner-client-options.ts';
import { readError } from './read-error.ts';
import { requestParts } from './request-parts.ts';

/** What is used here of an openapi-fetch client, for any operation alike. */
export interface AnyClient {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ data?: unknown; error?: unknown; response: Response }>;
}

/**
 * One call: serialises the input, sends it, and reads the answer. The status alone decides whether it succeeded: a
 * refusal may have an empty body.
 */
export async function callOperation(
  client: AnyClient,
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  { headers, signal }: CallOptions,
  fetch: (request: Request) => Promise<Response>,
): Promise<unknown> {
  const { operationId, method, path } = operation;
  const { data, error, response } = await client.request(method, path, {
    ...requestParts(operation, input),
    headers: readHeaders(operationId, headers),
    signal,
    fetch,
    // JSON is read below: the error of a failed attempt would quote the body.
    parseAs: 'text',
  });
  if (!response.ok) throw readError(operationId, response.status, error === '' ? undefined : error);
  return readBody(operation, response.status, data);
}

function readBody({ operationId }: Operation, status: number, text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new UnreadableResponseError(operationId, status);
  }
}

/** Checks the caller's headers here, because the error of a failed attempt to set one would quote it. */
function readHeaders(operationId: string, headers: CallOptions['headers']): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw new TypeError(`${operationId} was given a header with a name or value that HTTP does not allow.`);
  }
}
