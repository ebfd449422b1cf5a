import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { site } from './site.ts';

/** A running server of the docs. */
export interface DocsServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built site on this machine only.
 *
 * @param port - 0 takes any free one.
 * @throws Error where the port is taken.
 */
export async function serveDocs({ port = 4030 }: { port?: number } = {}): Promise<DocsServer> {
  const app = new Hono().use('*', serveStatic({ root: fileURLToPath(site) }));
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const listening = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${listening}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
