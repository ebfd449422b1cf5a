import { createServer, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';

/** An app that listens. */
export interface Listener {
  readonly url: string;
  /** Asks whoever is connected to go, by `Connection: close` on every answer. */
  disableKeepAlive(): void;
  /** Takes no new connections, and resolves when the requests in flight are answered, or the time is over. */
  close(graceMs: number): Promise<void>;
}

/** A handler, with what Node's requests come with. */
export type Fetch = (request: Request, env: { outgoing: ServerResponse }) => Response | Promise<Response>;

/** Whoever sends slower than this is cut off. An idle connection is kept longer than the proxies in front keep theirs. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
};

/** Serves an app, to a bounded number of connections. */
export async function listen(
  fetch: Fetch,
  { host, port, maxConnections }: { host: string; port: number; maxConnections: number },
): Promise<Listener> {
  let isLeaving = false;
  const answer: Fetch = async (request, env) => {
    const response = await fetch(request, env);
    // Whoever was refused has no more business here, and what he may still be sending is not to be read.
    const isRefused = response.status >= 400 && response.status !== 422;
    if (isLeaving || isRefused) env.outgoing.shouldKeepAlive = false;
    return response;
  };
  const serve = getRequestListener((request, env) => answer(request, env as { outgoing: ServerResponse }), {
    // HTTP/1.0 asks for no Host.
    hostname: 'localhost',
  });
  const server = createServer(limits, serve);
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  const chosen = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`,
    disableKeepAlive: () => {
      isLeaving = true;
    },
    close: async (graceMs) => {
      isLeaving = true;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
