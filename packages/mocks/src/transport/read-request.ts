import { route } from '../core/contract/route.ts';
import type { ApiRequest } from '../core/model/command.ts';
import type { Transport } from '../core/model/transmission.ts';
import { readBody } from './read-body.ts';
import { readBounded } from './read-bounded.ts';

/** Turns a `Request` into plain data. Never throws: the result says what could not be read. */
export async function readRequest(request: Request, transport: Transport): Promise<ApiRequest> {
  const { method, headers, body } = request;
  const { pathname: path, search, searchParams, origin } = new URL(request.url);
  const target = route(method, path);
  const authorization = headers.get('authorization');
  return {
    method,
    path,
    target,
    query: search === '' ? [] : [...searchParams],
    ...(authorization !== null && { authorization }),
    origin,
    body: await readBody(target, {
      contentType: headers.get('content-type'),
      contentLength: Number(headers.get('content-length')),
      read: (maxBytes) => readBounded(body, maxBytes),
    }),
    transport,
  };
}
