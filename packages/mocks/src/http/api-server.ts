import type { IncomingMessage } from 'node:http';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import type { SandboxResponse } from '../transport/sandbox-response.ts';
import { throughMiddleware } from '../transport/through-middleware.ts';
import { type Listening, listenOn } from './listen-on.ts';
import { createServer } from './node-http.ts';
import { mountOf, readIncoming } from './read-incoming.ts';
import { writeResponse } from './write-response.ts';

/**
 * Serves the provider's API over HTTP: each sandbox at `/s/{id}/`, and the root sandbox at `/` too. The server uses
 * plain `node:http`, because some faults need the socket, and because every layer costs time.
 *
 * @throws Error if the port is in use.
 */
export function listenForRequests(
  sandboxes: Sandboxes,
  rootId: string,
  host: string,
  port: number,
): Promise<Listening> {
  const isReadable = () => sandboxes.get(rootId)?.cors ?? false;
  const server = createServer(async (incoming, outgoing) => {
    const mount = mountOf(incoming, rootId);
    if (!mount) {
      const detail = 'Invalid request: the sandbox cannot read its URL or Host header.';
      return writeResponse(outgoing, rejection(incoming, false, 400, detail));
    }
    const sandbox = sandboxes.get(mount.sandboxId);
    if (!sandbox) {
      const detail = `There is no sandbox ${mount.sandboxId}.`;
      return writeResponse(outgoing, rejection(incoming, isReadable(), 404, detail));
    }
    writeResponse(outgoing, sandbox.handle(await readIncoming(incoming, mount, sandbox.dialect)));
  });
  return listenOn(server, host, port, '--port');
}

/**
 * The response to a request that addresses no sandbox. A page may read this response if the page may read responses
 * of the root sandbox.
 */
function rejection(
  { method = '', headers }: IncomingMessage,
  cors: boolean,
  status: number,
  body: string,
): SandboxResponse {
  const response: SandboxResponse = {
    status,
    body,
    mode: 'whole',
    delayMs: 0,
    bytesPerSecond: 0,
    headers: { 'content-type': 'text/plain; charset=utf-8', connection: 'close' },
  };
  return throughMiddleware(
    () => response,
    cors,
  )({
    method,
    headers,
    path: '/',
    query: [],
    origin: '',
    transport: 'http',
    target: { kind: 'nothing', host: 'platform' },
    body: { kind: 'none' },
  });
}
