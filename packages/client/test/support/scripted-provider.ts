import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { success } from './contract-example.ts';

/** A request as the provider received it. */
export interface Arrival {
  readonly operationId: OperationId;
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer<ArrayBuffer>;
}

export interface ScriptedResponse {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Sent as JSON. A string is sent unchanged. */
  readonly body?: unknown;
  /** Breaks the connection instead of responding. */
  readonly hangUp?: 'before headers' | 'within body';
}

/** Responses to operations. An operation without a script gets the contract's example of success. */
export type Script = {
  readonly [Id in OperationId]?: (arrival: Arrival) => ScriptedResponse | Promise<ScriptedResponse>;
};

/** The response to a token that the provider does not accept. */
export const unauthorized: ScriptedResponse = {
  status: 401,
  body: { error: { statusCode: 401, code: 'AUTHORIZATION_REQUIRED' } },
};

/** A response that never arrives. */
export const never = (): Promise<ScriptedResponse> => new Promise(() => {});

/** A provider that records requests and responds as scripted. */
export class ScriptedProvider {
  readonly arrivals: Arrival[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  /** @param url - Path and query of the request, without the prefix of this provider. */
  async handle(request: IncomingMessage, response: ServerResponse, url = request.url ?? ''): Promise<void> {
    const { pathname: path, searchParams } = new URL(url, 'http://provider');
    const { method = '', headers } = request;
    const operationId = operationAt(method, path);
    const query = Object.fromEntries(searchParams);
    // A client that gives up while it sends a body gets no response, and its request has not arrived.
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return;
    const arrival = { operationId, method, path, query, headers, body };
    this.arrivals.push(arrival);
    send(response, (await this.#script[operationId]?.(arrival)) ?? success(operationId));
  }
}

export function send(
  response: ServerResponse,
  { status = 200, headers, body, hangUp }: ScriptedResponse,
): void {
  const json = { 'Content-Type': 'application/json' };
  if (hangUp === 'before headers') response.destroy();
  else if (hangUp === 'within body') {
    response.writeHead(200, { ...json, 'Content-Length': 100 });
    response.write('{"id":', () => response.destroy());
  } else {
    response.writeHead(status, { ...json, ...headers });
    response.end(typeof body === 'object' ? JSON.stringify(body) : body);
  }
}

function operationAt(method: string, path: string): OperationId {
  const operation = Object.values(operations).find(
    (candidate) =>
      candidate.method === method &&
      new RegExp(`^${candidate.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  if (!operation) throw new Error(`The contract has no operation at ${method} ${path}.`);
  return operation.operationId;
}
