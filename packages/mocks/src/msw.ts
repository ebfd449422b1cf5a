import { operations, type ServerName, servers } from '@partner-ecosystem/openapi/operations';
import { type HttpHandler, HttpResponse, http } from 'msw';
import { assertOptions, OptionError } from './core/model/assert-options.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { ConnectionLost, handleFetch } from './transport/handle-fetch.ts';

export interface MswOptions {
  /**
   * The addresses at which your code calls the provider's hosts, with http or https, and with or without a path. Below
   * such an address, the handlers take only the paths of the API.
   * @default the preproduction hosts of the contract, with all of their paths
   */
  readonly baseUrls?: { readonly [Server in ServerName]?: string };
}

/**
 * Creates MSW handlers that send every request to the provider's hosts to a sandbox: one handler for each host.
 *
 * @throws OptionError for a misspelt option or an invalid base URL.
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
  const bases = new Map(Object.entries(servers).map(([name, url]) => baseOf(name, url, baseUrls)));
  sandbox.attach('msw');
  return [...bases].map(([base, paths]) =>
    http.all(new RegExp(`^${escaped(base)}/${paths}`, 'i'), ({ request }) =>
      handleThroughMsw(sandbox, request, new URL(base).pathname.replace(/\/$/, '')),
    ),
  );
}

/** The base URL of a server, and a pattern of the paths below it that the sandbox responds to. */
function baseOf(name: string, server: string, given: Readonly<Record<string, string>>): [string, string] {
  const own = given[name];
  // Takes every path, so that no request reaches the provider. A host of the user may have other pages.
  if (own === undefined) return [new URL(server).origin, ''];
  if (typeof own === 'string' && URL.canParse(own)) {
    const { protocol, origin, pathname, username, password, search, hash } = new URL(own);
    const isPlain = `${username}${password}${search}${hash}` === '';
    if (/^https?:$/.test(protocol) && isPlain)
      return [origin + pathname.replace(/\/$/, ''), `(?:${apiRoots.join('|')})(?:/|$)`];
  }
  throw new OptionError(
    `baseUrls.${name} of mswHandlers must be an address such as https://proxy.example.com/signzy: http or https, without credentials, query and fragment.`,
  );
}

/** The first segments of the API's paths. */
const apiRoots = [...new Set(Object.values(operations).map(({ path }) => escaped(path.split('/')[1] ?? '')))];

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

async function handleThroughMsw(sandbox: Sandbox, request: Request, basePath: string): Promise<Response> {
  try {
    return await handleFetch(sandbox, request, 'msw', basePath);
  } catch (error) {
    // MSW turns an exception into a 500. `HttpResponse.error()` makes the connection fail. Aborted requests need that
    // response too, because MSW reports an exception as a mistake in the handler.
    if (error instanceof ConnectionLost || request.signal.aborted) return HttpResponse.error();
    throw error;
  }
}
