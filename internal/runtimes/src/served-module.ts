import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** Default export of a module that runs in a runtime. Portable: the module can only use what the web platform has. */
export interface ServedModule {
  fetch(request: Request, connection?: Connection): Response | Promise<Response>;
}

/** What the runtime's own server says about the client of a request. workerd and Chromium say nothing. */
export interface Connection {
  readonly address?: string | undefined;
}

/** A served module in a runtime that was started for it. */
export interface Host extends AsyncDisposable {
  /** Port of 127.0.0.1. In Chromium it is 0, because a page does not listen. */
  readonly port: number;
  /** Sends a GET request to the module, and resolves to the body of the response. */
  get(path: string): Promise<string>;
  /** Stops the runtime, and resolves to everything that was written to its console. */
  stop(): Promise<string>;
}

/** Creates a host from a port and a function that stops the runtime. Without `get`, requests go to the port. */
export function createHost(
  port: number,
  stop: Host['stop'],
  get: Host['get'] = async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text(),
): Host {
  return { port, get, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

/** Bundles a module and everything it imports, for runtimes that cannot read files. */
export async function bundleModule(entry: URL): Promise<string> {
  await using bundle = await rolldown({ input: fileURLToPath(entry), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'esm' });
  const [{ code }, ...more] = output;
  if (more.length > 0) throw new Error(`${entry.pathname} was bundled as several modules, but must be one.`);
  return code;
}
