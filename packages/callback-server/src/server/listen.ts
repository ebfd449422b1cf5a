import { createServer, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';

export type Listener = Awaited<ReturnType<typeof listen>>;

/** A `fetch` handler with the environment that Node requests come with. */
export type Fetch = (request: Request, env: { outgoing: ServerResponse }) => Response | Promise<Response>;

/** Slower senders are cut off. Idle connections outlive those of usual proxies, so that the proxy closes first. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16 * 1024,
};

/** Serves an app with a limited number of connections. */
export async function listen(
  fetch: Fetch,
  { host, port, maxConnections }: { host: string; port: number; maxConnections: number },
) {
  let isClosing = false;
  const respond: Fetch = async (request, env) => {
    const response = await fetch(request, env);
    // Closes the connection after a refusal, so that the rest of the body is not read.
    const isRefused = response.status >= 400 && response.status !== 422;
    if (isClosing || isRefused) env.outgoing.shouldKeepAlive = false;
    return response;
  };
  const serve = getRequestListener((request, env) => respond(request, env as { outgoing: ServerResponse }), {
    // HTTP/1.0 requests may lack a Host header.
    hostname: 'localhost',
  });
  const server = createServer(limits, serve);
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    /** Sends `Connection: close` with every response from now on, so that clients reconnect elsewhere. */
    disableKeepAlive: () => {
      isClosing = true;
    },
    /** Accepts no new connections. Resolves when the requests in flight have ended, at the latest after the grace. */
    close: async (graceMs: number) => {
      isClosing = true;
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
