import { createServer, type RequestListener, type Server } from 'node:http';
import type { ControlApiParts } from './control-api.ts';

/**
 * Serves the control API. Its code is loaded when somebody asks for the first time: most tests never do, and a start
 * must not wait for it.
 */
export function createControlServer(parts: ControlApiParts): Server {
  let loading: Promise<RequestListener> | undefined;
  return createServer(async (incoming, outgoing) => {
    loading ??= import('./control-listener.ts').then(({ controlListener }) => controlListener(parts));
    (await loading)(incoming, outgoing);
  });
}
