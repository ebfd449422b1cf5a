import { fileURLToPath } from 'node:url';
import { serveSite } from './serve-site.ts';
import { site } from './site.ts';

/**
 * Serves the built site on 127.0.0.1, for this machine only.
 *
 * @param port - Port to listen on. 0 selects a free port.
 * @throws Error if another process uses the port.
 */
export function serveDocs({ port = 4030 }: { port?: number } = {}) {
  return serveSite({ folder: fileURLToPath(site), base: '/', port });
}
