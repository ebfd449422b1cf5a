import { createServer, type RequestListener, type Server } from 'node:http';
import type { ControlApiOptions } from './control-api.ts';

/** Serves the control API. The first request loads its code: most tests never need it, and a start must be fast. */
export function createControlServer(options: ControlApiOptions): Server {
  let loading: Promise<RequestListener> | undefined;
  return createServer(async (incoming, outgoing) => {
    loading ??= import('./control-listener.ts').then(({ controlListener }) => controlListener(options));
    (await loading)(incoming, outgoing);
  });
}
