import type { Operation } from '../contract/operation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A request that can be sent any number of times: each attempt creates its own `Request`. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Carries its own media type, so no `Content-Type` header is set. */
  readonly body?: Blob | FormData;
}

/**
 * Serialises an operation's input: a body as JSON, a form field by field, parameters into path and query.
 *
 * @throws TypeError if a header or an id cannot be sent. The message quotes neither.
 */
export function createOutgoingRequest(
  operation: Operation,
  baseUrl: string,
  input: Fields,
  extraHeaders: Record<string, string> | undefined,
): OutgoingRequest {
  const { method, path, requestType } = operation;
  const headers = { ...readHeaders(operation, extraHeaders), accept: 'application/json' };
  if (requestType === undefined) return { url: baseUrl + fillInPath(operation, input), method, headers };
  const isForm = requestType === 'multipart/form-data';
  // With a string, Deno silently resends a POST if a keep-alive connection breaks, and so creates twice.
  const body = isForm ? createForm(input) : new Blob([JSON.stringify(input)], { type: requestType });
  return { url: baseUrl + path, method, headers, body };
}

/** Checks the caller's headers before they are sent, because the error of `Headers` would quote them. */
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
    throw new TypeError(`${operationId} has a header that HTTP does not allow. Correct the option headers.`);
  }
}

/**
 * Fills in the path parameters, and adds the rest of the input as the query. A missing or empty id or a dot segment is
 * rejected, because the URL would be that of another operation.
 */
export function fillInPath(
  { operationId, path }: Pick<Operation, 'operationId' | 'path'>,
  input: Fields,
): string {
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
  throw new TypeError(`${operationId} needs ${missing}: an id that is neither empty nor only dots.`);
}

function createForm(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== undefined) form.append(name, String(value));
  }
  return form;
}
