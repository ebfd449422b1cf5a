import { createServer, type ServerResponse } from 'node:http';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { type Listening, listenOn } from './listen-on.ts';
import { mountOf, readIncoming } from './read-incoming.ts';
import { writeResponse } from './write-response.ts';

/**
 * Serves the provider's API over HTTP: each sandbox at `/s/{id}/`, and the root sandbox at `/` too. It uses plain
 * `node:http`, because some faults need the socket, and because every layer costs time.
 *
 * @throws Error if the port is in use.
 */
export function listenForRequests(
  sandboxes: Sandboxes,
  rootId: string,
  host: string,
  port: number,
): Promise<Listening> {
  const server = createServer(async (incoming, outgoing) => {
    const mount = mountOf(incoming, rootId);
    if (!mount)
      return reject(outgoing, 400, 'Invalid request: the sandbox cannot read its URL or Host header.');
    const sandbox = sandboxes.get(mount.sandboxId);
    if (!sandbox) return reject(outgoing, 404, `There is no sandbox ${mount.sandboxId}.`);
    writeResponse(outgoing, sandbox.handle(await readIncoming(incoming, mount, sandbox.dialect)));
  });
  return listenOn(server, host, port, '--port');
}

function reject(outgoing: ServerResponse, status: number, detail: string): void {
  outgoing
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    .end(detail);
}
