import type { IncomingMessage } from 'node:http';
import { route } from '../core/contract/route.ts';
import type { ApiRequest } from '../core/model/command.ts';
import type { DialectName } from '../core/model/env.ts';
import { readBody } from '../transport/read-body.ts';

const prefixPattern = /^\/s\/(?<sandboxId>[\w-]{1,64})(?=\/|$)/;
/**
 * A client that uses the server as a proxy sends the whole URL. The name in this URL then counts instead of the
 * `Host`.
 */
const addressPattern = /^https?:\/\/[\w.:[\]-]+(?=[/?]|$)/i;

/** The sandbox that a request addresses, and the request's URL within that sandbox. */
type Mount = NonNullable<ReturnType<typeof mountOf>>;

/** Finds the sandbox of a request: `/s/{id}/…` addresses the sandbox with this id, every other path the root sandbox. */
export function mountOf(incoming: IncomingMessage, rootId: string) {
  const { url = '' } = incoming;
  const whole = url.startsWith('/') ? addressOf(incoming) + url : url;
  const [address] = addressPattern.exec(whole) ?? [];
  const parsed = URL.parse(whole);
  if (address === undefined || !parsed) return undefined;
  const { pathname, search } = parsed;
  const [prefix = '', sandboxId = rootId] = prefixPattern.exec(pathname) ?? [];
  return {
    sandboxId,
    path: pathname.slice(prefix.length) || '/',
    query: search === '' ? [] : [...parsed.searchParams],
    /** The base URL of the sandbox, for addresses in its responses. */
    origin: address + prefix,
  };
}

/** The server's address, as the client knows it. A client of HTTP/1.0 need not send a `Host`. */
function addressOf({ headers, httpVersion, socket }: IncomingMessage): string {
  if (headers.host !== undefined || httpVersion !== '1.0') return `http://${headers.host}`;
  const { localAddress = '', localPort } = socket;
  return `http://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}

/** Turns a request of `node:http` into plain data. Never throws: the result says what could not be read. */
export async function readIncoming(
  incoming: IncomingMessage,
  { path, query, origin }: Mount,
  dialect: DialectName,
): Promise<ApiRequest> {
  const { method = '', headers } = incoming;
  const { authorization } = headers;
  const target = route(method, path);
  return {
    method,
    path,
    target,
    query,
    ...(authorization !== undefined && { authorization }),
    headers,
    origin,
    body: await readBody(target, {
      dialect,
      contentType: headers['content-type'] ?? null,
      contentEncoding: headers['content-encoding'] ?? null,
      contentLength: Number(headers['content-length'] ?? 0),
      read: (maxBytes) => collect(incoming, maxBytes),
    }),
    transport: 'http',
  };
}

/** Collects the whole body. Returns `undefined` as soon as the body is larger than the limit. */
function collect(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer<ArrayBuffer>[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer<ArrayBuffer>) => {
      size += chunk.byteLength;
      if (size <= maxBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    incoming.on('end', () => {
      const [only] = chunks;
      resolve(only && chunks.length === 1 ? only : Buffer.concat(chunks));
    });
    incoming.on('error', reject);
  });
}
