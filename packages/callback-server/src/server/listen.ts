import { createServer, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextRound } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Refusal } from '../receiver/refusal.ts';
import { malformed, refusalOf, respondOn } from './client-errors.ts';
import { type ClosedConnection, createConnections } from './connections.ts';

export type Listener = Awaited<ReturnType<typeof listen>>;

/** A `fetch` handler with the environment that Node requests come with. */
export type Fetch = (request: Request, env: { outgoing: ServerResponse }) => Response | Promise<Response>;

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly maxConnections: number;
  /** Milliseconds until an idle connection is closed. */
  readonly keepAliveMs: number;
  /** Called for each request that is declined before `fetch` gets it. */
  readonly onRefused: (refusal: { readonly reasons: readonly Refusal[]; readonly status: number }) => void;
  /** Called for each connection that is closed because there are too many. */
  readonly onTooMany: (closed: ClosedConnection) => void;
  readonly onFault: (error: unknown) => void;
}

/** Slower senders are cut off. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
  // Node would respond without a trace. The listener checks the header.
  requireHostHeader: false,
};

export async function listen(fetch: Fetch, options: ListenOptions) {
  const { host, port, keepAliveMs, onRefused, onFault } = options;
  const connections = createConnections(options.maxConnections, options.onTooMany);
  const refuse = ({ reason, status }: typeof malformed) => onRefused({ reasons: [reason], status });
  let isClosing = false;

  const respond: Fetch = async (request, env) => {
    const response = await fetch(request, env);
    if (isFromKnownSender(request, response) && env.outgoing.socket) connections.know(env.outgoing.socket);
    // Closes the connection after a refusal, so that the rest of the body is not read.
    const isRefused = response.status >= 400 && response.status !== 422;
    if (isClosing || isRefused) env.outgoing.shouldKeepAlive = false;
    return response;
  };
  const serve = getRequestListener((request, env) => respond(request, env as { outgoing: ServerResponse }), {
    // HTTP/1.0 requests may lack a Host header.
    hostname: 'localhost',
    errorHandler: () => {
      refuse(malformed);
      return new Response(null, { status: malformed.status, headers: { Connection: 'close' } });
    },
  });
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
      // The receiver counts a request of which it has read the beginning.
      if (!response) refuse(refusal);
      respondOn(socket, refusal.status);
    }
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  // An error while a connection is accepted would end the process.
  server.on('error', onFault);

  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    /** Sends `Connection: close` with every response from now on, so that clients reconnect elsewhere. */
    disableKeepAlive: () => {
      isClosing = true;
    },
    /**
     * Accepts no new connections. Resolves when the requests in flight have ended.
     *
     * @param graceMs - After this time the remaining connections are closed.
     * @param quietMs - A connection that has had no request for this time is idle. On others a request may be on its way.
     */
    close: async (graceMs: number, quietMs: number) => {
      isClosing = true;
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      const closed = stopAccepting(server);
      const sweep = setInterval(() => connections.closeIdle(quietMs), 50);
      connections.closeIdle(quietMs);
      await closed;
      clearTimeout(timer);
      clearInterval(sweep);
      // Ends Node's own checks of connections.
      server.close();
    },
  };
}

/** Whether the sender presented valid credentials. Probes need none. */
function isFromKnownSender(request: Request, { status }: Response): boolean {
  return !request.url.includes('/health/') && ![400, 401, 403, 404].includes(status);
}

const maxRounds = 1000;
const maxRoundMs = 0.05;

/**
 * Stops accepting connections, and resolves when the last one has closed. The system resets connections that wait to be
 * accepted, so the listener closes just after a round of the event loop in which none waited.
 */
async function stopAccepting(server: Server): Promise<void> {
  let accepted = true;
  const onConnection = () => {
    accepted = true;
  };
  server.on('connection', onConnection);
  let roundMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < maxRounds && (accepted || roundMs > maxRoundMs); round++) {
    accepted = false;
    const startedAt = performance.now();
    await nextRound();
    roundMs = performance.now() - startedAt;
  }
  server.off('connection', onConnection);
  // The HTTP server's own `close` would close idle connections at once.
  await new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
}
