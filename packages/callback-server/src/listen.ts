import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** An app that listens. */
export interface Listener {
  readonly url: string;
  /** Takes no new connections, and resolves when the requests in flight are answered, or the time is over. */
  close(graceMs: number): Promise<void>;
}

/** Serves an app. Whoever sends slower than this allows is cut off. */
export async function listen(app: Hono, host: string, port: number): Promise<Listener> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5000 },
    getRequestListener(app.fetch),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const address = server.address();
  const chosen = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`,
    close: async (graceMs) => {
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
