import { createServer, type ServerResponse } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { Webhook } from 'standardwebhooks';
import { onTestFinished } from 'vitest';
import type { NotificationEntry } from '../../src/index.ts';

export const notifySecret = 'bm90IGEgcmVhbCBub3RpZnkgc2VjcmV0IQ==';

/** The JSON that a webhook gets. */
interface NotificationBody {
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly server: string;
    readonly adminUrl?: string;
    readonly text: string;
    readonly entries: readonly NotificationEntry[];
  };
}

interface Notified {
  readonly id: string;
  readonly text: string;
  readonly body: NotificationBody;
}

/**
 * Starts a server that takes notifications, and refuses those with a wrong signature.
 *
 * @param respond - Responds to each notification. @default with 204
 */
export async function startNotified(
  respond: (response: ServerResponse) => void = (response) => response.writeHead(204).end(),
) {
  const notified: Notified[] = [];
  const webhook = new Webhook(notifySecret);
  const target = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
    const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
    const body = webhook.verify(text, headers) as NotificationBody; // The signature shows that it is ours.
    notified.push({ id: headers['webhook-id'] ?? '', text, body });
    respond(response);
  });
  const { url, close } = await listenOnFreePort(target);
  onTestFinished(close);
  return {
    url,
    notified,
    /** Every entry of the notifications, in order. */
    entries: () => notified.flatMap(({ body }) => body.data.entries),
  };
}

/** Interval of notifications, in milliseconds. A server first gathers occurrences for a thirtieth of it, 20 ms. */
export const intervalMs = 600;
