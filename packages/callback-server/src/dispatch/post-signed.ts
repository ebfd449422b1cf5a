import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import { requestStatus } from './request-status.ts';
import type { WebhookSigner } from './webhook-signer.ts';

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
  const status = await requestStatus(url, {
    method: 'POST',
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
  if (status < 200 || status > 299) throw new DeliveryRefusedError(`responded ${status}`);
}
