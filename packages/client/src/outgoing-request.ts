import type { Operation } from './operation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A request that can be sent any number of times: each attempt makes its own `Request` of it. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  /** The caller's own. */
  readonly headers: Headers | undefined;
  /** Missing where there is no body, or where the body itself says it, as a form does. */
  readonly contentType: string | undefined;
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
  const { method, path, requestType } = operation;
  const url = baseUrl + (requestType === undefined ? fillIn(operation, input) : path);
  const headers = ownHeaders && readHeaders(operation, ownHeaders);
  if (requestType === 'multipart/form-data')
    return { url, method, headers, contentType: undefined, body: formData(input) };
  return { url, method, headers, contentType: requestType, body: requestType && JSON.stringify(input) };
}

/** Checks the caller's headers here, because the error of a failed attempt to set one would quote it. */
function readHeaders({ operationId }: Operation, headers: Record<string, string>): Headers {
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
