import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What no log may show. */
export const canaries = { secret: 'canary-secret-c5a1', person: 'canary-person-c5a2' };

/** How a server words its refusals; LoopBack quotes the values of an instance that it finds not valid. */
export const wordings: Readonly<Record<string, (body: string) => object>> = {
  'a server that quotes nothing': () => ({ message: 'The instance is not valid.' }),
  'a server that quotes what it refuses': (body) => ({
    message: `The instance is not valid. Details: name is refused (value: "${canaries.person}").`,
    details: { context: body },
  }),
};

/** A server that refuses every request, on a port of its own. */
export interface RefusingServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts one. A login it answers with the secret as the token. */
export async function startRefusing(
  status: number,
  wording: (body: string) => object,
): Promise<RefusingServer> {
  const server = createServer(async (request, response) => {
    const login = request.url?.endsWith('/login');
    const refusal = {
      error: { statusCode: status, name: 'ValidationError', ...wording(await text(request)) },
    };
    response.writeHead(login ? 200 : status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(login ? { id: canaries.secret, ttl: 1209600 } : refusal));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
