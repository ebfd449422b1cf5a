import { type Answer, readAnswer } from './http-result.ts';
import { AbortedError } from '../errors/aborted-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { Attempted } from '../errors/partner-error.ts';
import { TimeoutError } from '../errors/network-errors.ts';
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
 * One try at a request, with a time limit of its own that covers the answer's body as well.
 *
 * @throws TimeoutError, ConnectionError, AbortedError
 */
export async function attempt(
  fetch: Fetch,
  { attempted, request, token, timeoutMs, signal }: Attempt,
): Promise<Answer> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const ended = Promise.withResolvers<never>();
  const abort = () => {
    end.abort();
    ended.reject();
  };
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const { url, headers, ...rest } = request;
    const allHeaders = token === undefined ? headers : { ...headers, authorization: token };
    // A redirect is not followed: it could carry a person's data to another host.
    const init: RequestInit = { ...rest, headers: allHeaders, signal: end.signal, redirect: 'manual' };
    const answer = fetch(url, init).then(readAnswer);
    // A fetch of yours may not heed the signal.
    return await Promise.race([answer, ended.promise]);
  } catch (error) {
    if (signal?.aborted) throw new AbortedError(attempted);
    if (end.signal.aborted) throw new TimeoutError(attempted, timeoutMs);
    throw new ConnectionError(attempted, networkCode(error));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
