import { type ApiRequest, headerOf } from '../core/model/command.ts';
import { createDerive } from '../core/seed/derive.ts';
import type { SandboxResponse } from './sandbox-response.ts';

/**
 * Gives the success of a GET a tag (`ETag`), and turns the success into a 304 if the request names this tag, as the
 * platform's framework does. The framework also gives a tag to the success of a POST, where no request can name the tag.
 */
export function withTag(request: ApiRequest, response: SandboxResponse): SandboxResponse {
  const { method, target } = request;
  const { status, body, headers } = response;
  const isTagged = (method === 'GET' || method === 'HEAD') && status === 200 && target.host === 'platform';
  if (!isTagged || typeof body !== 'string') return response;
  const etag = `W/"${body.length.toString(16)}-${digest(body)}"`;
  if (!isKnown(request, etag)) return { ...response, headers: { ...headers, etag } };
  const { 'content-type': _, ...kept } = headers;
  return { ...response, status: 304, headers: { ...kept, etag }, body: '' };
}

const digest = createDerive('tag');

/** The comparison is weak: whether a tag begins with `W/` does not matter. */
function isKnown(request: ApiRequest, etag: string): boolean {
  const names = headerOf(request, 'if-none-match');
  if (names === undefined || /\bno-cache\b/i.test(headerOf(request, 'cache-control') ?? '')) return false;
  const opaque = etag.slice(2);
  return names
    .split(',')
    .map((name) => name.trim())
    .some((name) => name === '*' || name.replace(/^W\//, '') === opaque);
}
