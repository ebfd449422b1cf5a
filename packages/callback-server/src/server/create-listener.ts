import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Refusal } from '../receiver/refusal.ts';
import { malformed, type RefusedRequest, refusalOf, respondOn } from './client-errors.ts';
import type { Connections } from './connections.ts';

/** A `fetch` handler with the environment that Node requests come with. */
export type Fetch = (request: Request, env: { outgoing: ServerResponse }) => Response | Promise<Response>;

export interface ListenerOptions {
  readonly fetch: Fetch;
  readonly connections: Connections;
  /** Milliseconds until an idle connection is closed. */
  readonly keepAliveMs: number;
  /** Whether each response has to close its connection. */
  readonly isClosing: () => boolean;
  /** Called for each request that is declined before `fetch` gets it. */
  readonly onRefused: (refusal: { readonly reasons: readonly Refusal[]; readonly status: number }) => void;
}

/** Limits in milliseconds and bytes. Slower senders are cut off. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
  // Node itself would decline the request without an event. The listener checks the header.
  requireHostHeader: false,
};

/** Creates an HTTP server that does not listen yet. Requests that are no valid HTTP are declined and counted too. */
export function createListener(options: ListenerOptions): Server {
  const { connections, keepAliveMs, onRefused } = options;
  const refuse = ({ reason, status }: RefusedRequest) => onRefused({ reasons: [reason], status });
  const serve = createRequestListener(options, () => refuse(malformed));
  const server = createServer({ ...limits, keepAliveTimeout: keepAliveMs }, (incoming, outgoing) => {
    connections.begin(incoming.socket, outgoing);
    outgoing.once('close', () => connections.end(incoming.socket, outgoing));
    if (incoming.headers.host !== undefined || incoming.httpVersion === '1.0')
      return serve(incoming, outgoing);
    refuse(malformed);
    return outgoing.writeHead(malformed.status, { Connection: 'close' }).end();
  });
  // A sender that closes its half of the connection after its request gets the response.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('connection', connections.add);
  server.on('clientError', (error, socket: Socket) => {
    const refusal = refusalOf(error);
    const response = connections.responseOn(socket);
    if (refusal && socket.writable && !response?.headersSent) {
      // The receiver counts a request itself if it has begun to read the request.
      if (!response) refuse(refusal);
      respondOn(socket, refusal.status);
    }
    socket.destroy();
  });
  return server;
}

function createRequestListener(
  { fetch, connections, isClosing }: ListenerOptions,
  onMalformed: () => void,
): (incoming: IncomingMessage, outgoing: ServerResponse) => unknown {
  const respond: Fetch = async (request, env) => {
    const response = await fetch(request, env);
    if (isFromKnownSender(request, response) && env.outgoing.socket) connections.know(env.outgoing.socket);
    // Closes the connection after a refusal, so that the rest of the body is not read.
    const isRefused = response.status >= 400 && response.status !== 422;
    if (isClosing() || isRefused) env.outgoing.shouldKeepAlive = false;
    return response;
  };
  return getRequestListener((request, env) => respond(request, env as { outgoing: ServerResponse }), {
    // HTTP/1.0 requests may lack a Host header.
    hostname: 'localhost',
    errorHandler: () => {
      onMalformed();
      return new Response(null, { status: malformed.status, headers: { Connection: 'close' } });
    },
  });
}

/** Whether the sender presented valid credentials. Probes need none. */
function isFromKnownSender(request: Request, { status }: Response): boolean {
  return !request.url.includes('/health/') && ![400, 401, 403, 404].includes(status);
}
