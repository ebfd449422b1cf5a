import { ConnectionError, TimeoutError } from '../errors/network-errors.ts';
import type { CallInfo } from '../errors/partner-error.ts';
import { type AttemptLimits, withTimeLimit } from '../timing/with-time-limit.ts';
import { type HttpResult, readHttpResult } from './http-result.ts';
import { readNetworkFault } from './network-fault.ts';
import type { OutgoingRequest } from './outgoing-request.ts';

/** A function of the caller that sends a request. */
export type Fetch = (request: Request) => Promise<Response>;

/** How requests are sent. */
export interface Transport {
  /** Missing if the global `fetch` sends the requests. */
  readonly fetch?: Fetch | undefined;
  /** Whether an error of the caller's `fetch` is about the request alone, and so can prove that nothing was sent. */
  readonly trustFetchErrors?: boolean | undefined;
}

/** A request that can be sent again, how it is sent, and what ends an attempt early. */
export interface PendingRequest extends Transport, AttemptLimits {
  readonly request: OutgoingRequest;
  /** A password in the body of the request. */
  readonly password: unknown;
}

/**
 * Makes one attempt. The time limit also covers the body of the response.
 *
 * @param token - Empty if the operation needs none.
 * @param body - The body of the request, with its files read.
 * @throws TimeoutError, ConnectionError, AbortedError
 */
export function sendRequest(
  pending: PendingRequest,
  attempt: CallInfo,
  token: string,
  body: string | ArrayBuffer | undefined,
): Promise<HttpResult> {
  const { fetch, request } = pending;
  return withTimeLimit(pending, attempt, async (end) => {
    const sent = { ...request.headers };
    if (token) sent['authorization'] = token;
    const init: RequestInit & { duplex: 'half' } = {
      method: request.method,
      headers: sent,
      duplex: 'half',
      signal: end,
      // Following a redirect could send personal data to another host.
      redirect: 'manual',
    };
    // Next.js and browsers could repeat an earlier response. workerd refuses the field `cache` if the compatibility date is
    // before November 2024.
    if ('cache' in Request.prototype) init.cache = 'no-store';
    if (body) {
      // Deno resends a POST with a string if a keep-alive connection breaks, but not a POST with a `Blob`.
      const blob = new Blob([body]);
      init.body = blob;
      // After a 421, Node repeats a request whose body it can read again, so Node gets the body as a stream. `Response`
      // creates the stream, because in test environments `Blob` is of another JavaScript realm than `fetch`. Other
      // runtimes do not repeat the request, and would send a stream in chunks.
      if (globalThis.process?.versions?.['undici']) {
        sent['content-length'] = `${blob.size}`;
        init.body = new Response(body).body;
      }
    }
    try {
      // The global `fetch` gets (url, init), which avoids a copy.
      return await readHttpResult(
        await (fetch ? fetch(new Request(request.url, init)) : globalThis.fetch(request.url, init)),
        [token, pending.password],
      );
    } catch (error) {
      const { code, neverSent = false } = readNetworkFault(error);
      // The `fetch` of Node has time limits of its own, and the caller's `fetch` may have some, too.
      throw /_(HEADERS|BODY)_TIMEOUT$/.test(`${code}`)
        ? new TimeoutError(attempt, pending.timeoutMs)
        : new ConnectionError(attempt, code, (!fetch || pending.trustFetchErrors === true) && neverSent);
    }
  });
}
