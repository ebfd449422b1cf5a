type Bytes = Uint8Array<ArrayBuffer>;

/** One part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  /** Whether the part has a file name. */
  readonly isFile: boolean;
  readonly contentType: string | null;
  readonly bytes: Bytes;
}

const maxParts = 100;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const blankLine = encoder.encode('\r\n\r\n');
const dash = 0x2d;

/**
 * Splits a form into its parts. `Response.formData` would do the same, but fails where a test runner replaces `File`, and
 * older Nodes refuse what some HTTP libraries send.
 *
 * @throws Error for a body that is not a form, or that has more than 100 parts.
 */
export function partsOf(body: Bytes, contentType: string): readonly Part[] {
  const boundary = parametersOf(contentType).get('boundary');
  if (!boundary) throw new Error('The content type has no boundary.');
  const delimiter = encoder.encode(`\r\n--${boundary}`);
  const parts: Part[] = [];
  const beginsWithPart = delimiter.subarray(2).every((byte, index) => body[index] === byte);
  let at = beginsWithPart ? delimiter.length - 2 : find(body, delimiter, 0) + delimiter.length;
  while (body[at] !== dash || body[at + 1] !== dash) {
    const headersEnd = find(body, blankLine, at);
    const end = find(body, delimiter, headersEnd + 2);
    parts.push(partOf(decoder.decode(body.subarray(at, headersEnd)), body.subarray(headersEnd + 4, end)));
    if (parts.length > maxParts) throw new Error('The form has too many parts.');
    at = end + delimiter.length;
  }
  return parts;
}

function partOf(headers: string, bytes: Bytes): Part {
  const disposition = parametersOf(headerIn(headers, 'content-disposition') ?? '');
  const name = disposition.get('name');
  if (name === undefined) throw new Error('A part of the form has no name.');
  const isFile = disposition.has('filename') || disposition.has('filename*');
  return { name, isFile, contentType: headerIn(headers, 'content-type'), bytes };
}

function headerIn(headers: string, name: string): string | null {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(headers)?.[1] ?? null;
}

/** The parameters of a header, such as `form-data; name="file"; filename=photo.png`. Quotes are optional. */
function parametersOf(header: string): ReadonlyMap<string, string> {
  const pairs = header.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g);
  return new Map(
    [...pairs].map(([, name = '', quoted, bare = '']) => [
      name.toLowerCase(),
      quoted?.replaceAll(/\\(.)/g, '$1') ?? bare,
    ]),
  );
}

/**
 * Knuth, Morris and Pratt's search: a body with many beginnings of the wanted bytes takes no longer than other
 * bodies.
 */
function find(body: Bytes, wanted: Bytes, from: number): number {
  const restarts = restartsOf(wanted);
  let length = 0;
  for (let at = from; at < body.length; at++) {
    while (length > 0 && body[at] !== wanted[length]) length = restarts[length - 1] ?? 0;
    if (body[at] === wanted[length]) length++;
    if (length === wanted.length) return at + 1 - length;
  }
  throw new Error('The form ends too early.');
}

/** For each length of a match: the longest shorter match at the same end. */
function restartsOf(wanted: Bytes): readonly number[] {
  const restarts = [0];
  for (let at = 1, length = 0; at < wanted.length; at++) {
    while (length > 0 && wanted[at] !== wanted[length]) length = restarts[length - 1] ?? 0;
    if (wanted[at] === wanted[length]) length++;
    restarts.push(length);
  }
  return restarts;
}
