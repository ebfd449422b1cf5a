import { createServer } from 'node:http';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import {
  type Credentials,
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
} from '../../src/index.ts';
import { type Arrival, type Script, ScriptedProvider, type ScriptedResponse } from './scripted-provider.ts';

/** A provider on its own port, and a client of it. */
export interface Provider extends AsyncDisposable {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  readonly partner: PartnerClient;
  /** Creates another client of the same provider. */
  client(options?: Partial<PartnerClientOptions>): PartnerClient;
  /** Counts the arrivals of an operation. */
  count(operationId: OperationId): number;
}

export const password = 'Not-a-real-password-1';
export const credentials: Credentials = { username: 'example-broker', password };
export const administratorToken = 'not-a-real-administrator-token';

/** Nobody listens on this port: it is privileged, and has no service. `fetch` does not block it. */
export const closedUrl = 'http://127.0.0.1:2';

export async function startProvider(script: Script = {}): Promise<Provider> {
  const provider = new ScriptedProvider(script);
  const { arrivals } = provider;
  const { url, close } = await listenOnFreePort(
    createServer((request, response) => void provider.handle(request, response)),
  );
  const client: Provider['client'] = (options) =>
    createPartnerClient({
      goUrl: url,
      backopsUrl: url,
      persistUrl: url,
      credentials,
      administratorToken,
      ...options,
    } as PartnerClientOptions);
  return {
    url,
    arrivals,
    partner: client(),
    client,
    count: (operationId) => arrivals.filter((arrival) => arrival.operationId === operationId).length,
    [Symbol.asyncDispose]: close,
  };
}

/** Scripts a login that issues token-1, token-2 and so on. */
export function countedTokens(ttl?: number): () => ScriptedResponse {
  let count = 0;
  return () => ({ body: { id: `token-${++count}`, ttl } });
}
