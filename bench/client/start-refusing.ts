import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ListeningServer, listenOnFreePort } from '../../internal/testing/src/listen-on-free-port.ts';

/** Texts that no log may show. */
export const canaries = { secret: 'canary-secret-c5a1', person: 'canary-person-c5a2' };

/** Kinds of error bodies. LoopBack quotes the values of an invalid instance. */
export const wordings: Readonly<Record<string, (body: string) => object>> = {
  'a server that quotes nothing': () => ({ message: 'The instance is not valid.' }),
  'a server that quotes the request': (body) => ({
    message: `The instance is not valid. Details: name is refused (value: "${canaries.person}").`,
    details: { context: body },
  }),
};

/** Starts a server that responds to every request with an error. A login gets the secret as its token. */
export function startRefusing(status: number, wording: (body: string) => object): Promise<ListeningServer> {
  return listenOnFreePort(
    createServer(async (request, response) => {
      const isLogin = request.url?.endsWith('/login');
      const error = { statusCode: status, name: 'ValidationError', ...wording(await text(request)) };
      response.writeHead(isLogin ? 200 : status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(isLogin ? { id: canaries.secret, ttl: 1209600 } : { error }));
    }),
  );
}
