import type { Operation } from '../contract/operation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A request that can be sent any number of times: each attempt makes its own `Request` of it. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Says of what type it is, so no header has to. */
  readonly body?: Blob | FormData;
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
  const headers = { ...readHeaders(operation, ownHeaders), accept: 'application/json' };
  if (requestType === undefined) return { url: baseUrl + fillIn(operation, input), method, headers };
  return { url: baseUrl + path, method, headers, body: bodyOf(requestType, input) };
}

function bodyOf(type: string, input: Fields): Blob | FormData {
  if (type === 'multipart/form-data') return formData(input);
  // Not a string: Deno would send it once more by itself when a kept connection breaks, and so create twice.
  return new Blob([JSON.stringify(input)], { type });
}

/** Checks the caller's headers here, because the error of a failed attempt to set one would quote it. */
function readHeaders(
  { operationId }: Operation,
  given: Record<string, string> | undefined,
): Record<string, string> {
  if (!given) return {};
  try {
    const headers = new Headers(given);
    headers.delete('Authorization');
    headers.delete('Content-Type');
    return Object.fromEntries(headers);
  } catch {
    throw new TypeError(`${operationId} was given a header that HTTP does not allow.`);
  }
}

/**
 * The path with its parameters, and the rest of the input as the query. An id that is missing, empty or a dot segment
 * would make the URL that of another operation.
 */
function fillIn({ operationId, path }: Operation, input: Fields): string {
  let filled = path;
  let query = '';
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const place = `{${name}}`;
    const text = encodeURIComponent(String(value));
    if (!path.includes(place)) query += `${query ? '&' : '?'}${encodeURIComponent(name)}=${text}`;
    else if (typeof value === 'string' && !/^\.{0,2}$/.test(value)) filled = filled.replace(place, text);
  }
  const missing = /\{(\w+)\}/.exec(filled)?.[1];
  if (missing === undefined) return filled + query;
  throw new TypeError(`${operationId} needs ${missing}, an id that is neither empty nor made of dots.`);
}

function formData(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== undefined) form.append(name, String(value));
  }
  return form;
}
