import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';

/** A request to the provider's API, for any transport. */
export interface ApiRequest {
  readonly operationId: OperationId;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

export interface RequestParts {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** Replaces the parameter in the path. */
  readonly parameter?: string;
  /** The query, with its question mark. */
  readonly query?: string;
}

export const password = 'Not-a-real-password-1';

/** Builds a request from the contract's method and path. */
export function apiRequest(
  operationId: OperationId,
  { token, body, parameter = '', query = '' }: RequestParts,
): ApiRequest {
  const { method, path } = operations[operationId];
  return {
    operationId,
    method,
    target: path.replace(/\{\w+\}/, parameter) + query,
    headers: {
      ...(token && { authorization: token }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** Sends a request with `fetch` and reads the whole response. */
export async function send(
  fetch: (request: Request) => Promise<Response>,
  baseUrl: string,
  { method, target, headers, body }: ApiRequest,
) {
  const init = { method, headers, ...(body !== undefined && { body }) };
  const response = await fetch(new Request(`${baseUrl}${target}`, init));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export type ApiResponse = Awaited<ReturnType<typeof send>>;

/** Parses JSON. Returns `undefined` if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the `id` of a response body, or an empty string. */
export function idOf(body: unknown): string {
  const { id } = Object(body) as { readonly id?: unknown };
  return typeof id === 'string' ? id : '';
}
