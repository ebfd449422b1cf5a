import type { Operation } from './operation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A request that can be sent any number of times: each attempt makes its own `Request` of it. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | FormData | undefined;
}

/**
 * Serialises an operation's input: a body as JSON, a form field by field, parameters into path and query.
 *
 * @throws TypeError for a header or an id that cannot be sent; neither is quoted.
 */
export function outgoingRequest(
  operation: Operation,
  baseUrl: string,
  input: Fields,
  ownHeaders: Record<string, string> | undefined,
): OutgoingRequest {
  const { method, requestType } = operation;
  const headers = readHeaders(operation, ownHeaders);
  headers.set('Accept', 'application/json');
  headers.delete('Authorization');

  if (requestType === undefined)
    return { url: baseUrl + fillIn(operation, input), method, headers, body: undefined };
  const url = baseUrl + operation.path;
  if (requestType === 'multipart/form-data') return { url, method, headers, body: formData(input) };
  headers.set('Content-Type', requestType);
  return { url, method, headers, body: JSON.stringify(input) };
}

/** Checks the caller's headers here, because the error of a failed attempt to set one would quote it. */
function readHeaders({ operationId }: Operation, headers: Record<string, string> | undefined): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw new TypeError(`${operationId} was given a header that HTTP does not allow.`);
  }
}

function fillIn({ operationId, path }: Operation, input: Fields): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input))
    if (value !== undefined && !path.includes(`{${name}}`)) query.set(name, String(value));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(readId(operationId, name, input[name])),
  );
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** An id that is missing, empty or a dot segment would make the URL that of another operation. */
function readId(operationId: string, name: string, value: unknown): string {
  if (typeof value === 'string' && !['', '.', '..'].includes(value)) return value;
  throw new TypeError(`${operationId} needs ${name}, an id that is neither empty nor made of dots.`);
}

function formData(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== undefined) form.append(name, String(value));
  }
  return form;
}
