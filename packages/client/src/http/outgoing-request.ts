import type { Operation } from '../contract/operation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Names are in lower case. */
export type RequestHeaders = Record<string, string>;

/** A request that can be sent any number of times: each attempt creates its own `Request`. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: RequestHeaders;
  /** Text, or a function that reads the files of a form. */
  readonly body?: string | (() => Promise<ArrayBuffer>) | undefined;
}

/**
 * Serialises an operation's input as it is now: a body as JSON, a form field by field, parameters into path and query.
 *
 * @throws TypeError if the input cannot be sent. The message quotes no value.
 */
export function createOutgoingRequest(
  operation: Operation,
  baseUrl: string,
  input: Fields,
  extraHeaders: RequestHeaders,
): OutgoingRequest {
  const { operationId, path, method, requestType } = operation;
  const headers: RequestHeaders = { ...extraHeaders, accept: 'application/json' };
  if (!requestType) return { url: baseUrl + fillInPath(operation, input), method, headers };
  headers['content-type'] = requestType;
  let body: OutgoingRequest['body'];
  const refuse = () => refuseInput(operationId, 'input');
  try {
    if (requestType === 'multipart/form-data') {
      // Nobody can foresee the boundary, so no file can contain it.
      const boundary = crypto.randomUUID();
      headers['content-type'] += `; boundary=${boundary}`;
      const fields = Object.entries(input);
      body = () => createForm(fields, boundary).catch(refuse);
    } else {
      body = JSON.stringify(input);
      if (body[0] !== '{') refuse();
    }
  } catch {
    refuse();
  }
  return { url: baseUrl + path, method, headers, body };
}

function refuseInput(operationId: string, name: string | undefined): never {
  throw new TypeError(`${operationId} needs a valid ${name}.`);
}

/**
 * Checks the headers that the caller gives, and adds them to others.
 *
 * @throws TypeError if a header cannot be sent. The error of `Headers` quotes the header, but this error does not.
 */
export function readHeaders(
  given: Record<string, string> | undefined,
  others: RequestHeaders,
): RequestHeaders {
  if (!given) return others;
  try {
    const headers = { ...others };
    for (const [name, value] of new Headers(given)) {
      // Headers that the Fetch standard forbids. Runtimes drop them, or fail after the call has begun.
      if (
        /^(accept-(charset|encoding)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(access-control-request|proxy|sec)-.+)$/.test(
          name,
        )
      )
        throw new TypeError();
      if (!/^(authorization|content-type)$/.test(name)) headers[name] = value;
    }
    return headers;
  } catch {
    throw new TypeError('headers has a header that cannot be sent.');
  }
}

/**
 * Fills in the path parameters, and adds the rest of the input as the query. `query` has the parameters that are always
 * sent, with their values. The input can replace such a value, but not with `undefined`.
 *
 * @throws TypeError if an id would turn the URL into the URL of another operation, because the id is missing, empty
 * or a dot segment, or if a parameter cannot be sent.
 */
export function fillInPath(
  { operationId, path, query }: Pick<Operation, 'operationId' | 'path' | 'query'>,
  input: Fields,
): string {
  let name: string | undefined = 'id';
  try {
    let url = path;
    let search = '';
    const given = { ...query, ...input };
    for (name in given) {
      const value = given[name] ?? query?.[name];
      const place = `{${name}}`;
      if (path.includes(place)) {
        if (typeof value === 'string' && !/^\.{0,2}$/.test(value))
          url = url.replace(place, encodeURIComponent(value));
      } else if (value !== undefined) {
        if (typeof value === 'object') refuseInput(operationId, name);
        // biome-ignore lint/style/useTemplate: It is smaller, and `encodeURIComponent` converts any value to text.
        search += (search ? '&' : '?') + encodeURIComponent(name) + '=' + encodeURIComponent(value as string);
      }
    }
    name = /\{(\w+)/.exec(url)?.[1];
    if (!name) return url + search;
  } catch {}
  return refuseInput(operationId, name);
}

/**
 * Writes a form. In test environments `FormData`, `Blob` and `File` can be of another JavaScript realm than `fetch`, which
 * then sends the text `[object FormData]`.
 */
async function createForm(
  fields: readonly (readonly [name: string, value: unknown])[],
  boundary: string,
): Promise<ArrayBuffer> {
  const parts: (string | ArrayBuffer)[] = [];
  for (const [name, value] of fields) {
    if (value === undefined) continue;
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${inHeader(name)}"`);
    if (typeof value === 'object') {
      // An object converted to text would lose its content. Only a `Blob` has all properties and methods used here.
      const file = value as File;
      parts.push(
        `; filename="${inHeader(file.name ?? 'blob')}"\r\nContent-Type: ${inHeader(file.type || 'application/octet-stream')}\r\n\r\n`,
        await file.slice().arrayBuffer(),
        '\r\n',
      );
    } else parts.push(`\r\n\r\n${value}\r\n`);
  }
  return new Blob([...parts, `--${boundary}--\r\n`]).arrayBuffer();
}

/** A text that cannot end the header of a part. A customer can choose the name of a file. */
function inHeader(text: string): string {
  return text.replace(/["\r\n]/g, '_');
}
