import { route } from '../core/contract/route.ts';
import type { ApiRequest } from '../core/model/command.ts';
import type { DialectName } from '../core/model/env.ts';
import type { Transport } from '../core/model/transmission.ts';
import { readBody } from './read-body.ts';
import { readBounded } from './read-bounded.ts';
import type { SandboxResponse } from './sandbox-response.ts';

/** A fault closed the connection without a response. */
export class ConnectionLost extends TypeError {
  override readonly name = 'TypeError'; // As `fetch` rejects: a caller cannot distinguish a fault from a real failure.
}

/** The part of a sandbox that a transport needs. */
interface Handler {
  readonly handle: (request: ApiRequest) => SandboxResponse;
  readonly dialect: DialectName;
}

/** @param basePath - What the sandbox removes from the path, and adds to the addresses in its responses. */
export async function handleFetch(
  { handle, dialect }: Handler,
  request: Request,
  transport: Transport,
  basePath = '',
): Promise<Response> {
  const { signal, method } = request;
  signal.throwIfAborted(); // An aborted request is never sent.
  const { status, headers, body, mode, delayMs } = handle(
    await readRequest(request, dialect, transport, basePath),
  );
  if (delayMs > 0) await pause(delayMs, signal);
  if (mode === 'never') return await new Promise<never>((_, reject) => onAbort(signal, reject));
  if (mode !== 'whole') throw new ConnectionLost('fetch failed');
  return new Response(body === '' || method === 'HEAD' ? null : body, { status, headers });
}

/** Turns a `Request` into plain data. Never throws: the result says what could not be read. */
async function readRequest(
  request: Request,
  dialect: DialectName,
  transport: Transport,
  basePath: string,
): Promise<ApiRequest> {
  const { method, headers, body } = request;
  const { pathname, search, searchParams, origin } = new URL(request.url);
  const path = pathname.slice(basePath.length) || '/';
  const target = route(method, path);
  const authorization = headers.get('authorization');
  return {
    method,
    path,
    target,
    query: search === '' ? [] : [...searchParams],
    ...(authorization !== null && { authorization }),
    headers: Object.fromEntries(headers),
    origin: origin + basePath,
    body: await readBody(target, {
      dialect,
      contentType: headers.get('content-type'),
      contentEncoding: headers.get('content-encoding'),
      contentLength: Number(headers.get('content-length')),
      read: (maxBytes) => readBounded(body, maxBytes),
    }),
    transport,
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    onAbort(signal, (reason) => {
      clearTimeout(timer);
      reject(reason);
    });
  });
}

function onAbort(signal: AbortSignal, reject: (reason: unknown) => void): void {
  if (signal.aborted) reject(signal.reason);
  else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
}
