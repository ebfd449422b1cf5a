import { AbortedError, ConnectionError, TimeoutError } from '../errors/network-errors.ts';
import type { CallInfo } from '../errors/partner-error.ts';
import { type HttpResult, readHttpResult } from './http-result.ts';
import { readNetworkCode } from './network-code.ts';
import type { OutgoingRequest } from './outgoing-request.ts';

/** Sends a request; `globalThis.fetch` fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What ends an attempt early. */
export interface AttemptLimits {
  /** Time limit in milliseconds, up to the last byte of the response. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Makes one attempt. The time limit also covers the body of the response.
 *
 * @throws TimeoutError, ConnectionError, AbortedError
 */
export async function sendRequest(
  fetch: Fetch,
  { url, headers, ...init }: OutgoingRequest,
  token: string | undefined,
  { timeoutMs, signal }: AttemptLimits,
  call: CallInfo,
): Promise<HttpResult> {
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
    const result = fetch(url, {
      ...init,
      headers: token === undefined ? headers : { ...headers, authorization: token },
      signal: end.signal,
      // Following a redirect could send personal data to another host.
      redirect: 'manual',
    }).then((response) => readHttpResult(response, token));
    // A custom fetch may ignore the signal.
    return await Promise.race([result, ended.promise]);
  } catch (error) {
    if (signal?.aborted) throw new AbortedError(call);
    if (end.signal.aborted) throw new TimeoutError(call, timeoutMs);
    throw new ConnectionError(call, readNetworkCode(error));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
