import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OptionError } from '../core/model/assert-options.ts';
import { blockedPorts } from './blocked-ports.ts';

export type Listening = Awaited<ReturnType<typeof listenOn>>;

/** How the command and `startSandbox` name a port. */
export type PortOption = '--port' | '--control-port';

/**
 * How long an idle connection stays open. A client that keeps connections for longer, as Java's does for 30 seconds, would
 * send its next request into a connection that the server has just closed.
 */
const keepAliveTimeoutMs = 75_000;

/** Starts a server on a host and port. Port 0 selects a free port. */
export async function listenOn(server: Server, host: string, port: number, option: PortOption) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new OptionError(`The port of ${option} must be a whole number from 0 to 65535.`);
  if (blockedPorts.has(port))
    throw new OptionError(
      `No fetch can reach port ${port}, because browsers and Node refuse this port. Give another port with ${option}.`,
    );
  // An empty host is probably an empty variable. Node treats an empty host as every address of the machine.
  if (host === '') throw new OptionError(`The host of ${hostOptionOf(option)} must not be empty.`);
  server.keepAliveTimeout = keepAliveTimeoutMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, host, port, option)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo; // A string only for pipes.
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    /** Lets the process end although the server listens. */
    unref: (): void => {
      server.unref().on('connection', (socket) => socket.unref());
    },
    /** Stops the server at once, and closes open connections. */
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function explain(error: Error, host: string, port: number, option: PortOption): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new Error(
      `Port ${port} is in use. Stop the program that uses it, or give another port with ${option}.`,
    );
  if (code === 'EACCES')
    return new Error(`This user may not listen on port ${port}. Give a port above 1023 with ${option}.`);
  return new Error(
    `Cannot listen on ${host}:${port} (${code}). Give another host with ${hostOptionOf(option)}, or another port with ${option}.`,
    { cause: error },
  );
}

function hostOptionOf(option: PortOption): string {
  return option.replace('port', 'host');
}
