import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** Creates a server that takes forwarded callbacks, if your own callback server signed them. */
export function createForwardTarget(
  secret: string,
  take: (id: string, payload: unknown) => Promise<void>,
): Server {
  const webhook = new Webhook(secret);
  return createServer(async (request, response) => {
    const body = await readBody(request);
    const id = String(request.headers['idempotency-key']);
    const status = await Promise.resolve()
      .then(() => webhook.verify(body, signatureOf(request)))
      .then(
        (payload) =>
          take(id, payload).then(
            () => 200,
            () => 503,
          ), // After 503 the callback comes again.
        () => 401,
      );
    response.writeHead(status).end();
  });
}

/** The three headers of Standard Webhooks. */
function signatureOf({ headers }: IncomingMessage): Record<string, string> {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
