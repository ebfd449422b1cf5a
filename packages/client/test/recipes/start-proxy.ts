import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { type ListeningServer, listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';

export interface Proxy extends ListeningServer {
  /** Hosts and ports that the proxy was asked for. */
  readonly targets: readonly string[];
}

/** Starts an HTTP proxy. Clients ask it for a tunnel or, with plain HTTP, also for a whole URL. */
export async function startProxy(): Promise<Proxy> {
  const targets: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const { url = '', method, headers } = incoming;
    targets.push(new URL(url).host);
    const forwarded = request(url, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  server.on('connect', ({ url = '' }, socket, head) => {
    targets.push(url);
    const { hostname, port } = new URL(`http://${url}`);
    const target = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    socket.on('error', () => target.destroy());
    target.on('error', () => socket.destroy());
  });
  return { ...(await listenOnFreePort(server)), targets };
}
