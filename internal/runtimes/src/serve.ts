import process from 'node:process';
import type { ServedModule } from './served-module.ts';

const address = { hostname: '127.0.0.1', port: 0 };

/** Handles a request. `info` is what the runtime's own server says about the client of the request. */
type Handler<Info> = (request: Request, info: Info) => ReturnType<ServedModule['fetch']>;

interface BunServer {
  readonly port: number;
  requestIP(request: Request): { address: string } | null;
}

/** The parts of the runtimes' own servers that are used here. */
interface Servers {
  Bun?: { serve(options: typeof address & { idleTimeout: number; fetch: Handler<BunServer> }): BunServer };
  Deno?: {
    serve(
      options: typeof address & { onListen(address: { port: number }): void },
      handler: Handler<{ remoteAddr: { hostname: string } }>,
    ): void;
  };
}

// Node, Bun and Deno run this file. It serves a module with the runtime's own server, prints the port, and exits
// together with the process that started it.
process.stdin.on('end', () => process.exit()).resume();
const { default: served }: { default: ServedModule } = await import(process.argv[2] ?? '');
console.log(await serve(served));

async function serve({ fetch }: ServedModule): Promise<number> {
  const { Bun, Deno } = globalThis as Servers;
  if (Bun)
    return Bun.serve({
      ...address,
      // In seconds. The default is shorter than a check may take.
      idleTimeout: 120,
      fetch: (request, server) => fetch(request, { address: server.requestIP(request)?.address }),
    }).port;
  const { promise: port, resolve: onPort } = Promise.withResolvers<number>();
  if (Deno) {
    const onListen = ({ port }: { port: number }) => onPort(port);
    Deno.serve({ ...address, onListen }, (request, { remoteAddr }) =>
      fetch(request, { address: remoteAddr.hostname }),
    );
    return port;
  }
  const node = await import('@hono/node-server');
  const handle: Parameters<typeof node.serve>[0]['fetch'] = (request, { incoming }) =>
    fetch(request, { address: incoming.socket.remoteAddress });
  node.serve({ ...address, fetch: handle }, ({ port }) => onPort(port));
  return port;
}
