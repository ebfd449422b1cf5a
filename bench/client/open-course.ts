import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, RetryAfter, RetryRow } from '../../packages/client/test/retry/retry-rows.ts';

/** A provider that treats one call as its row says, and a `fetch` that leads to it, or astray. */
export interface Course extends AsyncDisposable {
  readonly url: string;
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  readonly signal: AbortSignal;
  /** When each attempt was made, by `performance.now()`. */
  readonly attempts: readonly number[];
}

/** Long after the answer has been read, and long before the next attempt of a provider that asks for 20 seconds. */
const INTO_THE_PAUSE_MS = 1000;

/** Opens the course of a row. */
export async function openCourse({ faults, abort }: RetryRow): Promise<Course> {
  const controller = new AbortController();
  if (abort === 'before the call') controller.abort();
  const attempts: number[] = [];
  const gone = await listen(createServer());
  gone.server.close();

  const { server, url } = await listen(
    createServer((request, response) => {
      request.resume();
      if (request.url?.endsWith('/login')) {
        answer(response, 200, { id: 'token', ttl: 1209600 });
        return;
      }
      if (abort === 'while an attempt is under way') controller.abort();
      if (abort === 'in the pause before the next attempt') {
        response.on('finish', () => setTimeout(() => controller.abort(), INTO_THE_PAUSE_MS));
      }
      meet(faults[attempts.length - 1], response);
    }),
  );

  return {
    ...{ url, attempts, signal: controller.signal },
    async fetch(input, init) {
      if (urlOf(input).endsWith('/login')) return fetch(input, init);
      attempts.push(performance.now());
      const address = astray(faults[attempts.length - 1], url, gone.url);
      if (address === undefined) return fetch(input, init);
      return fetch(input instanceof Request ? new Request(address, input) : address, init);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function urlOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input);
}

async function listen(server: Server): Promise<{ server: Server; url: string }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Where a request goes that is not to arrive. */
function astray(fault: Fault | undefined, url: string, gone: string): string | undefined {
  if (fault?.kind === 'connection refused') return gone;
  if (fault?.kind === 'name not found') return 'http://nowhere.invalid';
  return fault?.kind === 'no TLS' ? url.replace('http:', 'https:') : undefined;
}

function meet(fault: Fault | undefined, response: ServerResponse): void {
  if (!fault) answer(response, 200, { id: 'created' });
  else if (fault.kind === 'status') refuse(response, fault);
  else if (fault.kind === 'hang-up before headers') response.destroy();
  else if (fault.kind === 'hang-up within body') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
    response.write('{"id":', () => response.destroy());
  }
}

/** With a body that every client takes for an error. */
function refuse(response: ServerResponse, fault: Fault & { kind: 'status' }): void {
  const { status, retryAfter, body = { error: { statusCode: status, message: 'Refused.' } } } = fault;
  if (retryAfter !== undefined) response.setHeader('Retry-After', header(retryAfter));
  answer(response, status, body);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

function header(retryAfter: RetryAfter): string {
  if (typeof retryAfter === 'string') return retryAfter;
  return new Date(Date.now() + retryAfter.dateInSeconds * 1000).toUTCString();
}
