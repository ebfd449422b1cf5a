import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import type { WebhookSigner } from './webhook-signer.ts';

/** How long the rest of a response may take after its status. */
const maxRestMs = 1000;

/** A message for a URL. */
interface SignedPost {
  /** The same at each attempt. */
  readonly id: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * Posts JSON to a URL, with the headers of Standard Webhooks and a signature of each signer.
 *
 * @throws DeliveryRefusedError if the response is not 2xx.
 */
export async function postSigned(
  url: string,
  signers: readonly WebhookSigner[],
  { id, body, headers, signal }: SignedPost,
): Promise<void> {
  const timestamp = Math.floor(Date.now() / 1000);
  const signatures = signers.map((sign) => sign(id, timestamp, body));
  const status = await post(url, {
    body,
    signal,
    headers: {
      ...headers,
      'Content-Type': 'application/json',
      'Content-Length': String(body.byteLength),
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
    },
  });
  if (status < 200 || status > 299) throw new DeliveryRefusedError(`answered ${status}`);
}

/**
 * Resolves to the status as soon as it arrives. Follows no redirect, which could send the message to another host. Not `fetch`,
 * which needs more than twice the processor time.
 */
function post(
  url: string,
  { body, ...options }: Pick<SignedPost, 'body' | 'headers' | 'signal'>,
): Promise<number> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', ...options }, (response) => {
      // The connection is free for the next message when the response has ended.
      const timer = setTimeout(() => response.destroy(), maxRestMs).unref();
      response
        .once('close', () => clearTimeout(timer))
        .on('error', () => {})
        .resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(body);
  });
}
