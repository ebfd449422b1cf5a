import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type ListeningServer, listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';

/** Serves a fetch handler on a free port of 127.0.0.1. */
export function listen(fetch: (request: Request) => Response | Promise<Response>): Promise<ListeningServer> {
  return listenOnFreePort(createServer(getRequestListener(fetch, { overrideGlobalObjects: false })));
}
