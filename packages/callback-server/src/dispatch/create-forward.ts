import { Webhook } from 'standardwebhooks';
import { type Deliver, DeliveryRefusedError } from './route.ts';

/**
 * Posts a callback's exact bytes to a URL. With a secret, the request carries a Standard Webhooks signature, which the
 * provider's own callbacks lack.
 */
export function createForward(url: string, secret: string | undefined): Deliver {
  const signer = secret === undefined ? undefined : new Webhook(secret);
  return async (claim, signal) => {
    const now = new Date();
    const response = await fetch(url, {
      method: 'POST',
      body: claim.body as Uint8Array<ArrayBuffer>,
      // A redirect could send personal data to another host.
      redirect: 'manual',
      signal,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': claim.callbackId,
        'Callback-Event': claim.event,
        'Callback-Verdict': claim.verdict,
        'webhook-id': claim.callbackId,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        ...(signer && {
          'webhook-signature': signer.sign(claim.callbackId, now, Buffer.from(claim.body).toString('utf8')),
        }),
      },
    });
    await response.body?.cancel();
    if (!response.ok) throw new DeliveryRefusedError(`answered ${response.status}`);
  };
}
