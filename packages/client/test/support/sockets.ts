import { once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { TlsIdentity } from '@partner-ecosystem/testing/create-identity';

export interface Listener extends AsyncDisposable {
  /** Host and port, such as `127.0.0.1:40123`. */
  readonly host: string;
  /** Number of requests that arrived, whole or in part. */
  readonly requests: () => number;
}

/** Listens on a free port, and hands the first bytes of each connection to `onData`. */
export async function startSockets(onData: (socket: Socket) => void): Promise<Listener> {
  let requests = 0;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (bytes) => {
      if (/^[A-Z]+ \//.test(`${bytes}`)) requests += 1;
      onData(socket);
    });
  });
  return listen(server, () => requests);
}

/** Starts an HTTPS server whose certificate nobody trusts. */
export async function startUntrusted({ certificate: cert, key }: TlsIdentity): Promise<Listener> {
  let requests = 0;
  const server = createSecureServer({ cert, key }, (_, response) => {
    requests += 1;
    response.end('{}');
  });
  return listen(server, () => requests);
}

async function listen(server: Server, requests: () => number): Promise<Listener> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A server that listens on a port has no other kind of address.
  return {
    host: `127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}
