import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Listening = Awaited<ReturnType<typeof listenOn>>;

/** How the command and `startSandbox` name a port. */
export type PortOption = '--port' | '--control-port';

/** Starts a server on a host and port. Port 0 selects a free port. */
export async function listenOn(server: Server, host: string, port: number, option: PortOption) {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, host, port, option)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo; // A string only for pipes.
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
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
  return new Error(`Cannot listen on ${host}:${port} (${code}). Choose another host or port.`, {
    cause: error,
  });
}
