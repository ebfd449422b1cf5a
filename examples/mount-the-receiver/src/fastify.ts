import { getRequestListener } from '@hono/node-server';
import type { CallbackServer } from '@partner-ecosystem/callback-server';
import fastify, { type FastifyInstance } from 'fastify';

export function createApp(server: CallbackServer): FastifyInstance {
  const app = fastify();
  const receive = getRequestListener(server.app.fetch, { overrideGlobalObjects: false });
  app.register(async (callbacks) => {
    // In this scope nothing parses a body: the receiver needs the exact bytes.
    callbacks.removeAllContentTypeParsers();
    callbacks.addContentTypeParser('*', (_request, _payload, done) => done(null));
    callbacks.all('/callbacks/*', (request, response) => {
      response.hijack();
      return receive(request.raw, response.raw);
    });
  });
  app.post('/orders', async (request) => request.body);
  return app;
}
