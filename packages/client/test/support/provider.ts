import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { responses } from '@partner-ecosystem/openapi/examples';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import {
  type Credentials,
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
} from '../../src/index.ts';

/** A request as it arrived at the provider. */
export interface Arrival {
  readonly operationId: OperationId;
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  /** Ends the connection before the headers, or within the body, in place of an answer. */
  readonly hangUp?: 'before headers' | 'within body';
}

/** What a test lets the provider answer; where it says nothing, the contract's own example of success is given. */
export type Script = { readonly [Id in OperationId]?: (arrival: Arrival) => Answer | Promise<Answer> };

/** A provider on a port of its own, and a client of it. */
export interface Provider extends AsyncDisposable {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  readonly partner: PartnerClient;
  /** Another client of the same provider. */
  client(options?: Partial<PartnerClientOptions>): PartnerClient;
  /** How often an operation arrived. */
  count(operationId: OperationId): number;
}

export const password = 'Not-a-real-password-1';
export const credentials: Credentials = { username: 'example-broker', password };
export const administratorToken = 'not-a-real-administrator-token';

export async function startProvider(script: Script = {}): Promise<Provider> {
  const arrivals: Arrival[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://provider');
    const { method = '', headers } = request;
    const operationId = operationAt(method, pathname);
    const query = Object.fromEntries(searchParams);
    const arrival = { operationId, method, path: pathname, query, headers, body: await buffer(request) };
    arrivals.push(arrival);
    const answer = (await script[operationId]?.(arrival)) ?? success(operationId);
    if (answer.hangUp === 'before headers') return response.destroy();
    if (answer.hangUp === 'within body') {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 });
      return response.write('{"id":', () => response.destroy());
    }
    response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json', ...answer.headers });
    return response.end(typeof answer.body === 'object' ? JSON.stringify(answer.body) : answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client: Provider['client'] = (options) =>
    createPartnerClient({
      ...{ goUrl: url, backopsUrl: url, persistUrl: url, credentials, administratorToken },
      ...options,
    } as PartnerClientOptions);

  return {
    url,
    arrivals,
    partner: client(),
    client,
    count: (operationId) => arrivals.filter((arrival) => arrival.operationId === operationId).length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The contract's first example of a success. */
export function success(operationId: OperationId): Answer {
  return { body: Object.values(responses[operationId][200])[0] };
}

/** A script's login that hands out token-1, token-2 and so on. */
export function countedTokens(ttl?: number): () => Answer {
  let count = 0;
  return () => ({ body: { id: `token-${++count}`, ttl } });
}

/** An answer that never comes. */
export const never = (): Promise<Answer> => new Promise(() => {});

function operationAt(method: string, pathname: string): OperationId {
  const found = Object.values(operations).find(
    ({ method: wanted, path }) =>
      wanted === method && new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  if (!found) throw new Error(`Nothing is at ${method} ${pathname}.`);
  return found.operationId;
}
