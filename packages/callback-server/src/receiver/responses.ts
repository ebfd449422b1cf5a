import type { IncomingCallback } from '../callback/incoming-callback.ts';

type FixedResponse = () => Response;

export const responses = {
  received: prepare(200, { received: true }),
  notFound: prepare(404, { error: 'Not found.' }),
  method: prepare(405, { error: 'Send a POST.' }, { Allow: 'POST' }),
  type: prepare(
    415,
    { error: 'Send the callback as application/json, without a content encoding.' },
    { Accept: 'application/json' },
  ),
  cutOff: prepare(400, { error: 'The body ended early.' }),
  unavailable: prepare(503, { error: 'Not stored. Send it again later.' }, { 'Retry-After': '5' }),
  live: prepare(200, { status: 'live' }),
  ready: prepare(200, { status: 'ready' }),
};

/** For every failed factor but the token. RFC 9110 requires a challenge. */
export function unauthorized(scheme: 'Basic' | 'ApiKey'): FixedResponse {
  return prepare(401, { error: 'Unauthorized.' }, { 'WWW-Authenticate': `${scheme} realm="callbacks"` });
}

export function bodyTooLong(maxBytes: number): FixedResponse {
  return prepare(413, { error: `Send at most ${maxBytes} bytes.` });
}

export function storedButInvalid({ verdict, violations }: IncomingCallback): Response {
  return prepare(422, { error: `Stored, but ${verdict}.`, violations })();
}

function prepare(status: number, body: object, headers: Record<string, string> = {}): FixedResponse {
  const text = JSON.stringify(body);
  const init = { status, headers: { 'Content-Type': 'application/json', ...headers } };
  return () => new Response(text, init);
}
