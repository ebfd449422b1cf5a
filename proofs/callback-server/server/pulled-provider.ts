import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';

/** Which replica has pulled which merchant, and when. */
export interface PullCounts {
  readonly pulls: { readonly replica: number; readonly merchantId: string; readonly at: number }[];
}

/** Starts a provider for one replica, which counts the replica's pulls. */
export async function startProvider(
  respond: (request: Request) => Promise<Response>,
  replica: number,
  { pulls }: PullCounts,
) {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const merchantId = /\/pullMerchant\/([^?]+)/.exec(incoming.url ?? '')?.[1];
    if (merchantId) pulls.push({ replica, merchantId, at: performance.now() });
    const headers = Object.entries(incoming.headers).filter(([, value]) => typeof value === 'string');
    const response = await respond(
      new Request(`https://provider.test${incoming.url}`, {
        method: incoming.method ?? 'GET',
        headers: headers as [string, string][],
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      }),
    );
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  return listenOnFreePort(server);
}
