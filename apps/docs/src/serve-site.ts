import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';

/** A built site, and its path on its origin. */
export interface SiteLocation {
  readonly folder: string;
  /** Path with a slash at both ends. */
  readonly base: string;
  /** Port to listen on. 0 selects a free port. */
  readonly port: number;
}

/** Serves a built site on 127.0.0.1, for this machine only, with compression as static hosts do. An unknown path gets the site's own 404 page. */
export async function serveSite({ folder, base, port }: SiteLocation) {
  const rewriteRequestPath = (path: string) => path.slice(base.length - 1);
  const app = new Hono()
    .use(compress())
    .use(`${base}*`, serveStatic({ root: folder, rewriteRequestPath }))
    .notFound(async (context) => context.html(await readFile(join(folder, '404.html'), 'utf8'), 404));
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
