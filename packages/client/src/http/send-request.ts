import { AbortedError, ConnectionError, TimeoutError } from '../errors/network-errors.ts';
import type { CallInfo } from '../errors/partner-error.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';
import { type HttpResult, readHttpResult } from './http-result.ts';
import { readNetworkFault } from './network-fault.ts';
import type { OutgoingRequest } from './outgoing-request.ts';

/** Sends a request; `globalThis.fetch` fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How requests are sent. */
export interface Transport {
  readonly fetch: Fetch;
  /** Whether an error of `fetch` is about the request alone, and so can prove that nothing was sent. */
  readonly trustsFetch: boolean;
}

/** What ends an attempt early. */
export interface AttemptLimits {
  /** Time limit in milliseconds, up to the last byte of the response. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Makes one attempt. The time limit also covers the body of the response.
 *
 * @param token - Empty if the operation needs none.
 * @throws TimeoutError, ConnectionError, AbortedError
 */
export async function sendRequest(
  { fetch, trustsFetch }: Transport,
  request: OutgoingRequest,
  token: string,
  { timeoutMs, signal }: AttemptLimits,
  call: CallInfo,
): Promise<HttpResult> {
  signal?.throwIfAborted();
  const timeout = () => new TimeoutError(call, timeoutMs);
  const send = async (end: AbortSignal) =>
    readHttpResult(
      await fetch(request.url, {
        ...toRequestInit(request, token),
        signal: end,
        // Following a redirect could send personal data to another host.
        redirect: 'manual',
        // Next.js and browsers could repeat an earlier response. workerd refuses the field at dates before November 2024.
        ...('cache' in Request.prototype && { cache: 'no-store' }),
      }),
      token,
    );
  try {
    return await withTimeLimit(timeoutMs, timeout, send, signal);
  } catch (error) {
    if (signal?.aborted) throw new AbortedError(call);
    if (error instanceof TimeoutError) throw error;
    const { code, isNeverSent } = readNetworkFault(error);
    // Node has limits of its own, and so may a custom fetch.
    throw /_(HEADERS|BODY)_TIMEOUT$/.test(`${code}`)
      ? timeout()
      : new ConnectionError(call, code, trustsFetch && isNeverSent);
  }
}

/**
 * After a 421, Node repeats a request whose body it can read again, so it gets the body as a stream. `Response` creates the
 * stream, because in test environments `Blob` is of another realm than `fetch`. Other runtimes do not repeat the request,
 * and would send a stream in chunks. Deno resends a POST with a string if a keep-alive connection breaks, but not a `Blob`.
 */
function toRequestInit(
  { method, headers, body }: OutgoingRequest,
  token: string,
): RequestInit & { duplex: 'half' } {
  const blob = body === undefined ? null : new Blob([body]);
  const isNode = blob && globalThis.process?.versions['undici'];
  return {
    method,
    headers: {
      ...headers,
      ...(token && { authorization: token }),
      ...(isNode && { 'content-length': `${blob.size}` }),
    },
    body: isNode ? new Response(body).body : blob,
    duplex: 'half',
  };
}
