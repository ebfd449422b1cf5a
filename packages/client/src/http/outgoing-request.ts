import type { Operation } from '../contract/operation.ts';
import { isBlob } from './is-blob.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Names are in lower case. */
export type RequestHeaders = Record<string, string>;

/** A request that can be sent any number of times: each attempt creates its own `Request`. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: RequestHeaders;
  readonly body?: string | ArrayBuffer;
}

/**
 * Serialises an operation's input: a body as JSON, a form field by field, parameters into path and query.
 *
 * @throws TypeError if the input cannot be sent. The message quotes no value.
 */
export async function createOutgoingRequest(
  operation: Operation,
  baseUrl: string,
  input: Fields,
  extraHeaders: RequestHeaders,
): Promise<OutgoingRequest> {
  const { operationId, method, requestType } = operation;
  const headers: RequestHeaders = { ...extraHeaders, accept: 'application/json' };
  if (!requestType) return { url: baseUrl + fillInPath(operation, input), method, headers };
  try {
    headers['content-type'] = requestType;
    let body: string | ArrayBuffer | undefined;
    if (requestType === 'multipart/form-data') {
      const boundary = `form-${Math.random()}`;
      headers['content-type'] += `; boundary=${boundary}`;
      body = await createForm(input, boundary);
    } else {
      body = JSON.stringify(input);
      if (body[0] !== '{') throw new TypeError();
    }
    return { url: baseUrl + operation.path, method, headers, body };
  } catch {
    throw new TypeError(`${operationId} needs a valid input.`);
  }
}

/** Headers that the Fetch standard forbids. Runtimes drop them, or fail after the call has begun. */
const forbidden =
  /^(accept-(charset|encoding)|access-control-request-.+|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(proxy|sec)-.+)$/;

/**
 * Checks the headers that the caller gives, and adds them to others.
 *
 * @throws TypeError if a header cannot be sent. The message does not quote the header, as the error of `Headers` would.
 */
export function readHeaders(
  given: Record<string, string> | undefined,
  others: RequestHeaders,
): RequestHeaders {
  if (!given) return others;
  try {
    const headers = { ...others };
    for (const [name, value] of new Headers(given)) {
      if (forbidden.test(name)) throw new TypeError();
      if (!/^(authorization|content-type)$/.test(name)) headers[name] = value;
    }
    return headers;
  } catch {
    throw new TypeError('The option headers has a header that cannot be sent.');
  }
}

/**
 * Fills in the path parameters, and adds the rest of the input as the query. A parameter of the operation's own query that
 * the input lacks, or has as `undefined`, gets the value that is always sent.
 *
 * @throws TypeError if an id would make the URL that of another operation, because the id is missing, empty or a dot
 * segment, or if a parameter cannot be sent.
 */
export function fillInPath(
  { operationId, path, query }: Pick<Operation, 'operationId' | 'path' | 'query'>,
  input: Fields,
): string {
  let name: string | undefined = 'id';
  try {
    let url = path;
    let search = '';
    for (name in { ...query, ...input }) {
      const value = input[name] ?? query?.[name];
      const place = `{${name}}`;
      if (path.includes(place)) {
        if (typeof value === 'string' && !/^\.{0,2}$/.test(value))
          url = url.replace(place, encodeURIComponent(value));
      } else if (value !== undefined) {
        // biome-ignore lint/style/useTemplate: It is smaller, and `encodeURIComponent` converts any value to text.
        search += (search ? '&' : '?') + encodeURIComponent(name) + '=' + encodeURIComponent(value as string);
      }
    }
    name = /\{(\w+)/.exec(url)?.[1];
    if (!name) return url + search;
  } catch {}
  throw new TypeError(`${operationId} needs a valid ${name}.`);
}

/**
 * Writes a form. In test environments `FormData`, `Blob` and `File` can be of another realm than `fetch`, which then sends
 * the text `[object FormData]`.
 */
async function createForm(fields: Fields, boundary: string): Promise<ArrayBuffer> {
  const parts: (string | ArrayBuffer)[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`);
    if (isBlob(value)) {
      const filename = (value.name ?? 'blob').replace(/["\r\n]/g, '_');
      const type = value.type || 'application/octet-stream';
      const head = `; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`;
      parts.push(head, await value.arrayBuffer(), '\r\n');
    } else parts.push(`\r\n\r\n${value}\r\n`);
  }
  return new Blob([...parts, `--${boundary}--\r\n`]).arrayBuffer();
}
