import type { IncomingCallback } from '../callback/incoming-callback.ts';

/** Why a callback was not taken. */
export type Refusal =
  /** A wrong token, an unknown path or event: 404. */
  | 'token'
  | 'event'
  /** Another factor: 401. */
  | 'header'
  | 'basic'
  | 'address'
  /** Not as a callback is sent: 405, 415, 413, 400. */
  | 'method'
  | 'type'
  | 'length'
  | 'cut-off'
  /** Ours, and the provider is asked to come again: 503. */
  | 'stopping'
  | 'disk-full'
  | 'busy'
  | 'store';

/** A small, fixed answer: the same whatever was sent. */
export type Answer = () => Response;

export const answers: Readonly<
  Record<'received' | 'notFound' | 'method' | 'type' | 'cutOff' | 'unavailable' | 'live' | 'ready', Answer>
> = {
  received: prepare(200, { received: true }),
  notFound: prepare(404, { error: 'There is nothing here.' }),
  method: prepare(405, { error: 'Send a POST.' }, { Allow: 'POST' }),
  type: prepare(
    415,
    { error: 'Send the callback as application/json, not encoded.' },
    { Accept: 'application/json' },
  ),
  // The sender hung up, or was too slow: no fault of ours.
  cutOff: prepare(400, { error: 'The body ended early.' }),
  unavailable: prepare(503, { error: 'Not kept. Send it again later.' }, { 'Retry-After': '5' }),
  live: prepare(200, { status: 'live' }),
  ready: prepare(200, { status: 'ready' }),
};

/** Whatever factor failed, but for the token. RFC 9110 asks for a challenge. */
export function unauthorized(scheme: 'Basic' | 'ApiKey'): Answer {
  return prepare(401, { error: 'Not let in.' }, { 'WWW-Authenticate': `${scheme} realm="callbacks"` });
}

export function tooLong(maxBytes: number): Answer {
  return prepare(413, { error: `Send at most ${maxBytes} bytes.` });
}

export function keptButRefused({ verdict, violations }: IncomingCallback): Response {
  return prepare(422, { error: `Kept, but ${verdict}.`, violations })();
}

function prepare(status: number, body: object, headers: Record<string, string> = {}): Answer {
  const text = JSON.stringify(body);
  const init = { status, headers: { 'Content-Type': 'application/json', ...headers } };
  return () => new Response(text, init);
}
