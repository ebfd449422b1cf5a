import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Listening, listenOn } from '../src/http/listen-on.ts';

/** Serves what a function of the web answers, on a host and port; port 0 takes a free one. */
export function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  host: string,
  port: number,
): Promise<Listening> {
  return listenOn(createServer(getRequestListener(fetch, { overrideGlobalObjects: false })), host, port);
}
