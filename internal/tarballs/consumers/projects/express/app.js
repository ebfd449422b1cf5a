import { getRequestListener } from '@hono/node-server';
import express from 'express';

export function createApp(server) {
  const app = express();
  app.all(/^\/callbacks\//, getRequestListener(server.app.fetch, { overrideGlobalObjects: false }));
  app.use(express.json());
  return app;
}
