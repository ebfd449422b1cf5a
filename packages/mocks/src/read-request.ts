import { type Operation, operations } from '@partner-ecosystem/openapi/operations';
import { toBase64 } from './base64.ts';
import type { ApiRequest, RequestBody } from './core/command.ts';
import { mostFileBytes } from './core/files/store-file.ts';
import { route } from './core/route.ts';
import { readBounded } from './read-bounded.ts';

const mostJsonBytes = 1024 * 1024;
/** Room for the largest file in base64, and for what stands around it. */
const mostUploadBytes = Math.ceil((mostFileBytes * 4) / 3) + 64 * 1024;
/** What comes later, as copies and JSON, is recursive. */
const mostLevels = 64;

/** Turns an HTTP request into plain data, bounded in size and depth. Never throws: what cannot be read is said so. */
export async function readRequest(request: Request): Promise<ApiRequest> {
  const url = new URL(request.url);
  const authorization = request.headers.get('authorization');
  return {
    method: request.method,
    path: url.pathname,
    query: [...url.searchParams],
    ...(authorization !== null && { authorization }),
    origin: url.origin,
    body: await readBody(request, url.pathname),
  };
}

/** A body that no operation asks for is not read at all. */
async function readBody(request: Request, path: string): Promise<RequestBody> {
  const target = route(request.method, path);
  if (target.kind !== 'operation') return { kind: 'none' };
  const operation: Operation = operations[target.operationId];
  const { requestType, server } = operation;
  if (requestType === undefined) return { kind: 'none' };
  const mediaType = mediaTypeOf(request.headers.get('content-type'));
  if (mediaType !== requestType) return { kind: 'unsupported', mediaType };
  const mostBytes = server === 'persist' ? mostUploadBytes : mostJsonBytes;
  if (Number(request.headers.get('content-length')) > mostBytes) return { kind: 'tooLarge' };
  try {
    const bytes = await readBounded(request.body, mostBytes);
    if (!bytes) return { kind: 'tooLarge' };
    return requestType === 'application/json' ? parseJson(bytes) : await parseForm(bytes, request.headers);
  } catch {
    return { kind: 'malformed', problem: 'The body cannot be read' };
  }
}

/** Without parameters; and without anything that is no media type, since refusals repeat it. */
function mediaTypeOf(contentType: string | null): string {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'undefined';
}

/** As upstream's parser, which takes only objects and arrays. Its complaint quotes the body; ours does not. */
function parseJson(bytes: Uint8Array): RequestBody {
  const value = jsonIn(bytes);
  if (typeof value !== 'object' || value === null)
    return { kind: 'malformed', problem: 'Unexpected token in JSON' };
  if (isDeeperThan(mostLevels, value)) return { kind: 'malformed', problem: 'JSON is nested too deep' };
  return { kind: 'read', value };
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}

/** Of fields that come twice the first counts, as documented. */
async function parseForm(bytes: Uint8Array<ArrayBuffer>, headers: Headers): Promise<RequestBody> {
  const contentType = headers.get('content-type') ?? '';
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
