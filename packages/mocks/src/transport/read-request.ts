import type { ApiRequest, RequestBody } from '../core/model/command.ts';
import type { Transport } from '../core/model/transport.ts';
import { expectBody, tooLarge, unreadable } from './read-body.ts';
import { readBounded } from './read-bounded.ts';

/** Turns a `Request` into plain data, bounded in size and depth. Never throws: what cannot be read is said so. */
export async function readRequest(request: Request, transport: Transport): Promise<ApiRequest> {
  const url = new URL(request.url);
  const authorization = request.headers.get('authorization');
  return {
    method: request.method,
    path: url.pathname,
    query: url.search === '' ? [] : [...url.searchParams],
    ...(authorization !== null && { authorization }),
    origin: url.origin,
    body: await readBody(request, url.pathname),
    transport,
  };
}

async function readBody({ method, headers, body }: Request, path: string): Promise<RequestBody> {
  const contentType = headers.get('content-type');
  const expected = expectBody({
    method,
    path,
    contentType,
    contentLength: Number(headers.get('content-length')),
  });
  if ('body' in expected) return expected.body;
  try {
    const bytes = await readBounded(body, expected.maxBytes);
    return bytes ? await expected.parse(bytes) : tooLarge;
  } catch {
    return unreadable;
  }
}
