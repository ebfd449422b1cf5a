import { type Answer, readAnswer } from './answer.ts';
import { AbortedError } from './errors/aborted-error.ts';
import { ConnectionError } from './errors/connection-error.ts';
import type { Attempted, PartnerError } from './errors/partner-error.ts';
import { TimeoutError } from './errors/timeout-error.ts';
import { networkCode } from './network-code.ts';
import type { OutgoingRequest } from './outgoing-request.ts';

/** What sends a request; `globalThis.fetch` fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

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
  { attempted, request, token, timeoutMs, signal }: Attempt,
): Promise<Answer> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const { url, ...rest } = request;
  const headers = token === undefined ? rest.headers : { ...rest.headers, authorization: token };
  // A redirect is not followed: it could carry a person's data to another host.
  const init: RequestInit = { ...rest, headers, signal: end.signal, redirect: 'manual' };
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
    send(fetch, url, init).then(
      (answer) => {
        stop();
        resolve(answer);
      },
      (error) => stop(new ConnectionError(attempted, networkCode(error))),
    );
  });
}

async function send(fetch: Fetch, url: string, init: RequestInit): Promise<Answer> {
  return readAnswer(await fetch(url, init));
}
