import { type Operation, operations } from '@partner-ecosystem/openapi/operations';
import { route } from '../core/contract/route.ts';
import { maxFileBytes } from '../core/files/store-file.ts';
import type { RequestBody } from '../core/model/command.ts';
import { toBase64 } from './base64.ts';

const maxJsonBytes = 1024 * 1024;
/** Room for the largest file in base64, and for what stands around it. */
const maxUploadBytes = Math.ceil((maxFileBytes * 4) / 3) + 64 * 1024;
/** What comes later, as copies and JSON, is recursive. */
const maxDepth = 64;

/** What may be read of a body: nothing, because that is already settled; or so many bytes, to be parsed. */
export type Expected =
  | { readonly body: RequestBody }
  | {
      readonly maxBytes: number;
      readonly parse: (bytes: Uint8Array<ArrayBuffer>) => RequestBody | Promise<RequestBody>;
    };

/** The head of a request, as far as it tells what to do with the body. */
export interface Head {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | null;
  readonly contentLength: number;
}

/** Tells from its head what to read of a request's body. What no operation asks for is not read at all. */
export function expectBody({ method, path, contentType, contentLength }: Head): Expected {
  const target = route(method, path);
  if (target.kind !== 'operation') return { body: { kind: 'none' } };
  const { requestType, server }: Operation = operations[target.operationId];
  if (requestType === undefined) return { body: { kind: 'none' } };
  const mediaType = mediaTypeOf(contentType);
  if (mediaType !== requestType) return { body: { kind: 'unsupported', mediaType } };
  const maxBytes = server === 'persist' ? maxUploadBytes : maxJsonBytes;
  if (contentLength > maxBytes) return { body: tooLarge };
  return {
    maxBytes,
    parse: requestType === 'application/json' ? parseJson : (bytes) => parseForm(bytes, contentType ?? ''),
  };
}

export const tooLarge: RequestBody = { kind: 'tooLarge' };
export const unreadable: RequestBody = { kind: 'malformed', problem: 'The body cannot be read' };

/** Without parameters; and without anything that is no media type, since refusals repeat it. */
function mediaTypeOf(contentType: string | null): string {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'undefined';
}

/** As upstream's parser, which takes only objects and arrays. Its complaint quotes the body; ours does not. */
function parseJson(bytes: Uint8Array): RequestBody {
  const value = jsonIn(bytes);
  if (typeof value !== 'object' || value === null)
    return { kind: 'malformed', problem: 'Unexpected token in JSON' };
  if (isDeeperThan(maxDepth, value)) return { kind: 'malformed', problem: 'JSON is nested too deep' };
  return { kind: 'read', value };
}

const decoder = new TextDecoder();

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}

/** Of fields that come twice the first counts, as documented. */
async function parseForm(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<RequestBody> {
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const fields = [...new Set(form.keys())].map(
    async (name) => [name, await fieldOf(form.get(name))] as const,
  );
  return { kind: 'read', value: Object.fromEntries(await Promise.all(fields)) };
}

async function fieldOf(value: File | string | null): Promise<unknown> {
  if (!(value instanceof File)) return value;
  const mediaType = mediaTypeOf(value.type);
  const type = mediaType === 'undefined' ? 'application/octet-stream' : mediaType;
  return `data:${type};base64,${toBase64(new Uint8Array(await value.arrayBuffer()))}`;
}
