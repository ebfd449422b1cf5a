import {
  type Operation,
  type OperationId,
  operations,
  type ServerName,
  servers,
} from '@partner-ecosystem/openapi/operations';
import type { paths } from '@partner-ecosystem/openapi/schema';
import createClient, { type Client } from 'openapi-fetch';
import type { ServerOptions } from './partner-client-options.ts';
import { serverUrl } from './server-url.ts';

type PathsOf<Server extends ServerName> = Pick<
  paths,
  Extract<(typeof operations)[OperationId], { server: Server }>['path']
>;

/** One openapi-fetch client for each server, typed with that server's paths. */
export type RawClients = { readonly [Server in ServerName]: Client<PathsOf<Server>> };

/** Makes the clients; each request of theirs is handed on with the operation that it stands for. */
export function createRawClients(
  options: ServerOptions,
  send: (operation: Operation, request: Request) => Promise<Response>,
): RawClients {
  const fetch = (request: Request) => send(operationOf(request), request);
  const names = Object.keys(servers) as ServerName[];
  const clients = names.map(
    (server) => [server, createClient({ baseUrl: serverUrl(options, server), fetch })] as const,
  );
  // Which paths a server has is known to the types alone, so here all clients are alike.
  return Object.fromEntries(clients) as unknown as RawClients;
}

/** Reads the operation off a request: openapi-fetch hands on nothing but the method and the finished URL. */
function operationOf({ method, url }: Request): Operation {
  const { pathname } = new URL(url);
  const found = Object.values(operations).find(
    (operation) => operation.method === method && pathPattern(operation.path).test(pathname),
  );
  if (!found) throw new TypeError('The contract has no operation with this method and path.');
  return found;
}

/** Open at the front, where the path of the server's own URL stands. */
function pathPattern(path: string): RegExp {
  return new RegExp(`${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
