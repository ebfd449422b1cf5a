import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate as nextRound } from 'node:timers/promises';
import { type ClosedConnection, createConnections } from './connections.ts';
import { createListener, type Fetch, type ListenerOptions } from './create-listener.ts';
import { listenError } from './listen-error.ts';

export type Listener = Awaited<ReturnType<typeof listen>>;

export interface ListenOptions extends Pick<ListenerOptions, 'keepAliveMs' | 'onRefused'> {
  readonly host: string;
  readonly port: number;
  /** What the names of the settings of this listener begin with. */
  readonly settings: string;
  readonly maxConnections: number;
  /** Called for each connection that is closed because there are too many. */
  readonly onTooMany: (closed: ClosedConnection) => void;
  readonly onFault: (error: unknown) => void;
}

export async function listen(fetch: Fetch, options: ListenOptions) {
  const { host, port, onFault } = options;
  const connections = createConnections(options.maxConnections, options.onTooMany);
  let isClosing = false;
  const server = createListener({ ...options, fetch, connections, isClosing: () => isClosing });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, options))).listen(port, host, resolve);
  });
  // An error while a connection is accepted would end the process.
  server.on('error', onFault);

  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    /** Sends `Connection: close` with every response from now on, so that clients reconnect elsewhere. */
    disableKeepAlive: () => {
      isClosing = true;
    },
    /**
     * Accepts no new connections. Resolves when the requests in flight have ended.
     *
     * @param graceMs - After this time the remaining connections are closed.
     * @param quietMs - A connection that has had no request for this time is idle. Others may soon have a request.
     */
    close: async (graceMs: number, quietMs: number) => {
      isClosing = true;
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      const closed = stopAccepting(server);
      const sweep = setInterval(() => connections.closeIdle(quietMs), 50);
      connections.closeIdle(quietMs);
      await closed;
      clearTimeout(timer);
      clearInterval(sweep);
      // Ends Node's own checks of connections.
      server.close();
    },
  };
}

const maxRounds = 1000;
const maxRoundMs = 0.05;

/**
 * Stops accepting connections, and resolves when the last connection has closed. The system resets connections that wait to
 * be accepted, so the listener closes just after a round of the event loop in which no connection waited.
 */
async function stopAccepting(server: Server): Promise<void> {
  let accepted = true;
  const onConnection = () => {
    accepted = true;
  };
  server.on('connection', onConnection);
  let roundMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < maxRounds && (accepted || roundMs > maxRoundMs); round++) {
    accepted = false;
    const startedAt = performance.now();
    await nextRound();
    roundMs = performance.now() - startedAt;
  }
  server.off('connection', onConnection);
  // The HTTP server's own `close` would close idle connections at once.
  await new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
}
