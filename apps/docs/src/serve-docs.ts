import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { site } from './site.ts';

/**
 * Serves the built site on 127.0.0.1, for this machine only.
 *
 * @param port - Port to listen on. 0 selects a free port.
 * @throws Error if another process uses the port.
 */
export async function serveDocs({ port = 4030 }: { port?: number } = {}) {
  const app = new Hono().use('*', serveStatic({ root: fileURLToPath(site) }));
  const server = createServer(getRequestListener(app.fetch)).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The docs server has no TCP port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
