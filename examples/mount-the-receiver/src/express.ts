import { getRequestListener } from '@hono/node-server';
import type { CallbackServer } from '@partner-ecosystem/callback-server';
import express, { type Express } from 'express';

export function createApp(server: CallbackServer): Express {
  const app = express();
  // Before any body parser, and without a path prefix: the receiver needs the exact bytes and the whole path.
  app.all(/^\/callbacks\//, getRequestListener(server.app.fetch, { overrideGlobalObjects: false }));
  app.use(express.json());
  app.post('/orders', (request, response) => void response.json(request.body));
  return app;
}
