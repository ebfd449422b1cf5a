import { getRequestListener } from '@hono/node-server';
import fastify from 'fastify';

export async function createApp(server) {
  const app = fastify();
  const receive = getRequestListener(server.app.fetch, { overrideGlobalObjects: false });
  app.register(async (callbacks) => {
    callbacks.removeAllContentTypeParsers();
    callbacks.addContentTypeParser('*', (_request, _payload, done) => done(null));
    callbacks.all('/callbacks/*', (request, response) => {
      response.hijack();
      return receive(request.raw, response.raw);
    });
  });
  await app.ready();
  return app.routing;
}
