import { type Operation, operations } from '@partner-ecosystem/openapi/operations';
import type { Target } from '../core/contract/route.ts';
import { isDeeperThan } from '../core/json/json-value.ts';
import type { RequestBody } from '../core/model/command.ts';
import { maxFileBytes } from '../core/records/files.ts';
import { toBase64 } from './base64.ts';

const maxJsonBytes = 1024 * 1024;
/** The largest file in base64, with space for the JSON or the form around it. */
const maxUploadBytes = Math.ceil((maxFileBytes * 4) / 3) + 64 * 1024;
/** Limits the recursion of everything that copies or serialises the body later. */
const maxDepth = 64;

/** The headers that decide how to read a body, and a function that reads at most `maxBytes`. */
export interface BodySource {
  readonly contentType: string | null;
  readonly contentLength: number;
  /** Returns `undefined` for a body that is larger. */
  readonly read: (maxBytes: number) => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Reads the body of a request, bounded in size and depth. A body that no operation expects is not read. Never throws. */
export async function readBody(target: Target, source: BodySource): Promise<RequestBody> {
  if (target.kind !== 'operation') return { kind: 'none' };
  const { requestType, server }: Operation = operations[target.operationId];
  if (requestType === undefined) return { kind: 'none' };
  const { contentType, contentLength, read } = source;
  const mediaType = mediaTypeOf(contentType);
  if (mediaType !== requestType) return { kind: 'unsupported', mediaType };
  const maxBytes = server === 'persist' ? maxUploadBytes : maxJsonBytes;
  if (contentLength > maxBytes) return { kind: 'tooLarge' };
  try {
    const bytes = await read(maxBytes);
    if (!bytes) return { kind: 'tooLarge' };
    return requestType === 'application/json' ? parseJson(bytes) : await parseForm(bytes, contentType ?? '');
  } catch {
    return { kind: 'malformed', problem: 'The body cannot be read' };
  }
}

/** Removes parameters. Returns `undefined` as text for an invalid media type, because error responses repeat it. */
function mediaTypeOf(contentType: string | null): string {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'undefined';
}

/** Accepts only objects and lists, as the provider's parser does. Unlike its error, ours does not quote the body. */
function parseJson(bytes: Uint8Array): RequestBody {
  const value = jsonIn(bytes);
  if (typeof value !== 'object' || value === null)
    return { kind: 'malformed', problem: 'Unexpected token in JSON' };
  if (isDeeperThan(maxDepth, value)) return { kind: 'malformed', problem: 'JSON is nested too deep' };
  return { kind: 'read', value, bytes: bytes.byteLength };
}

const decoder = new TextDecoder();

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}

/** Takes the first of repeated fields, as documented. */
async function parseForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<RequestBody> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const fields = [...new Set(form.keys())].map(
    async (name) => [name, await fieldOf(form.get(name))] as const,
  );
  return { kind: 'read', value: Object.fromEntries(await Promise.all(fields)), bytes: bytes.byteLength };
}

async function fieldOf(value: File | string | null): Promise<unknown> {
  if (!(value instanceof File)) return value;
  const mediaType = mediaTypeOf(value.type);
  const type = mediaType === 'undefined' ? 'application/octet-stream' : mediaType;
  return `data:${type};base64,${toBase64(new Uint8Array(await value.arrayBuffer()))}`;
}
