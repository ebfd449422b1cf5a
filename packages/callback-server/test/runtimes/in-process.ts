import process from 'node:process';
import { receive } from './doors.ts';

/** What of the runtimes' own servers is used here. */
interface Servers {
  Bun?: {
    serve(options: {
      hostname: string;
      port: number;
      fetch(request: Request, server: BunServer): Response | Promise<Response>;
    }): BunServer;
  };
  Deno?: {
    serve(
      options: { hostname: string; port: number; onListen(address: { port: number }): void },
      fetch: (request: Request, info: { remoteAddr: { hostname: string } }) => Response | Promise<Response>,
    ): void;
  };
}

interface BunServer {
  readonly port: number;
  requestIP(request: Request): { address: string } | null;
}

const anyPort = { hostname: '127.0.0.1', port: 0 };

// What Node, Bun and Deno start: serves the receivers by the runtime's own server, says where, and ends with whoever
// has started it.
process.stdin.on('end', () => process.exit()).resume();
console.log(await serve());

async function serve(): Promise<number> {
  const { Bun, Deno } = globalThis as Servers;
  if (Bun)
    return Bun.serve({
      ...anyPort,
      fetch: (request, server) => receive(request, { address: server.requestIP(request)?.address }),
    }).port;
  if (Deno)
    return new Promise((onPort) => {
      Deno.serve({ ...anyPort, onListen: ({ port }) => onPort(port) }, (request, { remoteAddr }) =>
        receive(request, { address: remoteAddr.hostname }),
      );
    });
  const { serve } = await import('@hono/node-server');
  return new Promise((onPort) => {
    serve(
      {
        ...anyPort,
        fetch: (request, { incoming }) => receive(request, { address: incoming.socket.remoteAddress }),
      },
      ({ port }) => onPort(port),
    );
  });
}
