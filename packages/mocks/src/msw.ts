import { type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import { type HttpHandler, HttpResponse, http } from 'msw';
import { assertOptions } from './core/model/assert-options.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { ConnectionLost, handleFetch } from './transport/handle-fetch.ts';

export interface MswOptions {
  /**
   * Scheme, host and port of the provider's hosts that differ from preproduction.
   * @default the preproduction hosts of the contract
   */
  readonly baseUrls?: { readonly [Server in ServerName]?: string };
}

/**
 * Creates MSW handlers that send every request to the provider's hosts to a sandbox: one handler for each host.
 *
 * @example
 * ```ts
 * const server = setupServer(...mswHandlers(createSandbox()));
 * server.listen();
 * ```
 */
export function mswHandlers(sandbox: Sandbox, options: MswOptions = {}): HttpHandler[] {
  const { baseUrls = {} } = options;
  assertOptions('mswHandlers', options, ['baseUrls']);
  assertOptions('The baseUrls of mswHandlers', baseUrls, Object.keys(servers));
  const hosts = new Set(Object.values({ ...servers, ...baseUrls }).map((url) => new URL(url).origin));
  sandbox.attach('msw');
  return [...hosts].map((host) => http.all(`${host}/*`, ({ request }) => handleThroughMsw(sandbox, request)));
}

async function handleThroughMsw(sandbox: Sandbox, request: Request): Promise<Response> {
  try {
    return await handleFetch(sandbox, request, 'msw');
  } catch (error) {
    // MSW turns an exception into a 500. Its error response makes the connection fail. Aborted requests need that
    // response too, because MSW reports an exception as a mistake in the handler.
    if (error instanceof ConnectionLost || request.signal.aborted) return HttpResponse.error();
    throw error;
  }
}
