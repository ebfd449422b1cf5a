import type { IncomingMessage } from 'node:http';
import type { ApiRequest, RequestBody } from '../core/model/command.ts';
import { expectBody, tooLarge, unreadable } from '../transport/read-body.ts';
import type { Mount } from './mount.ts';

/** Turns a request of `node:http` into plain data, bounded as that of any transport. Never throws. */
export async function readIncoming(
  incoming: IncomingMessage,
  { path, query, origin }: Mount,
): Promise<ApiRequest> {
  const { method = '', headers } = incoming;
  const { authorization } = headers;
  return {
    method,
    path,
    query,
    ...(authorization !== undefined && { authorization }),
    origin,
    body: await readBody(incoming, path),
    transport: 'http',
  };
}

async function readBody(incoming: IncomingMessage, path: string): Promise<RequestBody> {
  const { method = '', headers } = incoming;
  const contentType = headers['content-type'] ?? null;
  const contentLength = Number(headers['content-length'] ?? 0);
  const expected = expectBody({ method, path, contentType, contentLength });
  if ('body' in expected) return expected.body;
  try {
    const bytes = await collect(incoming, expected.maxBytes);
    return bytes ? await expected.parse(bytes) : tooLarge;
  } catch {
    return unreadable;
  }
}

/** Everything that is sent, or nothing as soon as that is too much. */
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
