import { type Answer, readAnswer } from './answer.ts';
import { AbortedError } from './errors/aborted-error.ts';
import { ConnectionError } from './errors/connection-error.ts';
import type { Attempted, PartnerError } from './errors/partner-error.ts';
import { TimeoutError } from './errors/timeout-error.ts';
import { networkCode } from './network-code.ts';
import type { OutgoingRequest } from './outgoing-request.ts';

/** What sends a request; `globalThis.fetch` fits. */
export type Fetch = (request: Request) => Promise<Response>;

/** What one try at a request needs. */
export interface Attempt {
  readonly attempted: Attempted;
  readonly request: OutgoingRequest;
  readonly token: string | undefined;
  /** Milliseconds, up to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * One try at a request, with a time limit of its own that covers the answer's body as well. It ends with its limit or
 * its signal whatever the fetch makes of them.
 *
 * @throws TimeoutError, ConnectionError, AbortedError
 */
export async function attempt(
  fetch: Fetch,
  { attempted, timeoutMs, signal, ...rest }: Attempt,
): Promise<Answer> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const request = prepare(rest, end.signal);
  return new Promise((resolve, reject) => {
    const stop = (failure?: PartnerError) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (!failure) return;
      reject(failure);
      end.abort();
    };
    const abort = () => stop(new AbortedError(attempted));
    const timer = setTimeout(() => stop(new TimeoutError(attempted, timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', abort);
    send(fetch, request).then(
      (answer) => {
        stop();
        resolve(answer);
      },
      (error) => stop(new ConnectionError(attempted, networkCode(error))),
    );
  });
}

async function send(fetch: Fetch, request: Request): Promise<Answer> {
  return readAnswer(await fetch(request));
}

function prepare({ request, token }: Pick<Attempt, 'request' | 'token'>, signal: AbortSignal): Request {
  const { url, method, headers, contentType, body = null } = request;
  // A redirect is not followed: it could carry a person's data to another host.
  const prepared = new Request(url, { method, headers: headers ?? {}, body, signal, redirect: 'manual' });
  prepared.headers.set('Accept', 'application/json');
  if (contentType !== undefined) prepared.headers.set('Content-Type', contentType);
  if (token !== undefined) prepared.headers.set('Authorization', token);
  else if (headers) prepared.headers.delete('Authorization');
  return prepared;
}
