import { type Operation, operations } from '@partner-ecosystem/openapi/operations';
import type { Target } from '../core/contract/route.ts';
import { isDeeperThan, maxBodyDepth } from '../core/json/json-value.ts';
import type { RequestBody } from '../core/model/command.ts';
import type { DialectName } from '../core/model/env.ts';
import { maxFileBytes } from '../core/records/files.ts';
import { toBase64 } from './base64.ts';
import { type BodyCoding, decodingOf } from './decode-body.ts';
import { type Part, partsOf } from './parts-of.ts';

const maxJsonBytes = 1024 * 1024;
/** The limit of the framework's parser, unless a platform changes it. */
const maxFrameworkBytes = 100 * 1024;
const utf8 = new TextDecoder();
/** The largest file in base64, with space for the JSON or the form around it. */
const maxUploadBytes = Math.ceil((maxFileBytes * 4) / 3) + 64 * 1024;

/** The headers that decide how to read a body, and a function that reads at most `maxBytes`. */
export interface BodySource extends BodyCoding {
  readonly contentLength: number;
  readonly dialect: DialectName;
  /** Returns `undefined` for a body that is larger. */
  readonly read: (maxBytes: number) => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Reads the body of a request, bounded in size and depth. A body that no operation expects is not read. Never throws. */
export async function readBody(target: Target, source: BodySource): Promise<RequestBody> {
  if (target.kind !== 'operation') return { kind: 'none' };
  const { requestType, server }: Operation = operations[target.operationId];
  if (requestType === undefined) return { kind: 'none' };
  const { contentType, contentLength, read } = source;
  const isFramework = source.dialect === 'framework' && server !== 'persist';
  const mediaType = mediaTypeOf(contentType);
  const isUrlEncoded = isFramework && mediaType === 'application/x-www-form-urlencoded';
  if (mediaType !== requestType && !isUrlEncoded)
    return isFramework ? emptyBody : { kind: 'unsupported', mediaType };
  const decoding = decodingOf(source);
  if ('unknown' in decoding) return { kind: 'unsupported', mediaType, coding: decoding };
  const maxBytes = server === 'persist' ? maxUploadBytes : isFramework ? maxFrameworkBytes : maxJsonBytes;
  if (contentLength > maxBytes) return { kind: 'tooLarge' };
  try {
    const sent = await read(maxBytes);
    const bytes = sent && (await decoding.decode(sent, maxBytes));
    if (!bytes) return { kind: 'tooLarge' };
    if (isFramework && bytes.byteLength === 0) return emptyBody;
    if (isUrlEncoded) return parseUrlEncoded(decoding.decoder.decode(bytes), bytes.byteLength);
    return requestType === 'application/json'
      ? parseJson(decoding.decoder.decode(bytes), bytes.byteLength)
      : parseForm(bytes, contentType ?? '');
  } catch {
    return { kind: 'malformed', problem: 'The body cannot be read' };
  }
}

/** Removes the parameters. Returns the text `undefined` for an invalid media type, because error responses repeat it. */
function mediaTypeOf(contentType: string | null): string {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'undefined';
}

/**
 * Accepts only objects and lists, as the provider's parser does. Our error leaves the body out, although the
 * provider's error quotes it.
 */
function parseJson(text: string, bytes: number): RequestBody {
  const value = jsonIn(text);
  if (typeof value !== 'object' || value === null)
    return { kind: 'malformed', problem: 'Unexpected token in JSON' };
  if (isDeeperThan(maxBodyDepth, value)) return { kind: 'malformed', problem: 'JSON is nested too deep' };
  return { kind: 'read', value, bytes };
}

/** The framework's parser leaves the body empty if it has nothing to parse. */
const emptyBody: RequestBody = { kind: 'read', value: {}, bytes: 0 };

function parseUrlEncoded(text: string, bytes: number): RequestBody {
  return { kind: 'read', value: Object.fromEntries(new URLSearchParams(text)), bytes };
}

/** As in the framework, `__proto__` becomes no field of a record. */
function withoutPrototype(name: string, value: unknown): unknown {
  return name === '__proto__' ? undefined : value;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text, /__proto__|\\u/.test(text) ? withoutPrototype : undefined);
  } catch {
    return undefined;
  }
}

/** Takes the first of repeated fields, as documented. */
function parseForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): RequestBody {
  const fields = new Map<string, string>();
  for (const part of partsOf(bytes, contentType))
    if (!fields.has(part.name))
      fields.set(part.name, part.isFile ? dataUrlOf(part) : utf8.decode(part.bytes));
  return { kind: 'read', value: Object.fromEntries(fields), bytes: bytes.byteLength };
}

function dataUrlOf({ contentType, bytes }: Part): string {
  const mediaType = mediaTypeOf(contentType);
  const type = mediaType === 'undefined' ? 'application/octet-stream' : mediaType;
  return `data:${type};base64,${toBase64(bytes)}`;
}
