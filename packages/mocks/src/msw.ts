import { type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import { type HttpHandler, HttpResponse, http } from 'msw';
import type { Sandbox } from './sandbox/sandbox.ts';
import { ConnectionLost, handleFetch } from './transport/handle-fetch.ts';

/** Where the provider's hosts are, for MSW. */
export interface MswOptions {
  /**
   * Scheme, host and port of each of the provider's hosts, where they differ from preproduction's.
   * @default the preproduction hosts of the contract
   */
  readonly baseUrls?: { readonly [Server in ServerName]?: string };
}

/**
 * MSW handlers that handle every request to the provider's hosts from a sandbox: one handler for each host.
 *
 * @example
 * ```ts
 * const server = setupServer(...mswHandlers(createSandbox()));
 * server.listen();
 * ```
 */
export function mswHandlers(sandbox: Sandbox, { baseUrls = {} }: MswOptions = {}): HttpHandler[] {
  const hosts = new Set(Object.values({ ...servers, ...baseUrls }).map((url) => new URL(url).origin));
  sandbox.attach('msw');
  return [...hosts].map((host) => http.all(`${host}/*`, ({ request }) => answerThroughMsw(sandbox, request)));
}

async function answerThroughMsw({ handle }: Sandbox, request: Request): Promise<Response> {
  try {
    return await handleFetch(handle, request, 'msw');
  } catch (error) {
    // MSW answers what a handler throws with a 500; this is how it lets a connection fail. Who has given up meanwhile
    // is answered so too, because MSW would complain of the handler otherwise.
    if (error instanceof ConnectionLost || request.signal.aborted) return HttpResponse.error();
    throw error;
  }
}
