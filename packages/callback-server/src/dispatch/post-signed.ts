import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
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
  const response = await fetch(url, {
    method: 'POST',
    body: body as Uint8Array<ArrayBuffer>,
    // A redirect could send the message to another host.
    redirect: 'manual',
    signal,
    headers: {
      ...headers,
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
    },
  });
  await response.body?.cancel();
  if (!response.ok) throw new DeliveryRefusedError(`answered ${response.status}`);
}
