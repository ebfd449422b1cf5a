import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { type Listening, listenOn } from './listen-on.ts';
import { mountOf } from './mount.ts';
import { readIncoming } from './read-incoming.ts';
import { writeResponse } from './write-response.ts';

/**
 * Serves the provider's API over HTTP: the sandbox of an id at `/s/{id}/`, and one of them at the root as well. It
 * speaks plain `node:http`, since some faults need the socket, and because every layer costs.
 *
 * @throws Error if the port is taken.
 */
export function listenForRequests(
  sandboxes: Sandboxes,
  rootId: string,
  host: string,
  port: number,
): Promise<Listening> {
  const server = createServer((incoming, outgoing) => void respond(sandboxes, rootId, incoming, outgoing));
  return listenOn(server, host, port);
}

async function respond(
  sandboxes: Sandboxes,
  rootId: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const mount = mountOf(incoming, rootId);
  if (!mount) return refuse(outgoing, 400, 'This is no request that a sandbox could read.');
  const sandbox = sandboxes.get(mount.sandboxId);
  if (!sandbox) return refuse(outgoing, 404, `There is no sandbox ${mount.sandboxId}.`);
  writeResponse(outgoing, sandbox.handle(await readIncoming(incoming, mount)));
}

function refuse(outgoing: ServerResponse, status: number, detail: string): void {
  outgoing
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    .end(detail);
}
