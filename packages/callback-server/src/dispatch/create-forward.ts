import { Webhook } from 'standardwebhooks';
import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import type { ForwardRoute } from './forward-route.ts';
import type { Deliver } from './route.ts';

/**
 * Posts a callback's exact bytes to a URL. With secrets, the request carries a Standard Webhooks signature for each,
 * which the provider's own callbacks lack.
 *
 * @throws Error if a secret is not a Standard Webhooks secret.
 */
export function createForward({
  url,
  secrets = [],
  headers = {},
}: Pick<ForwardRoute, 'url' | 'secrets' | 'headers'>): Deliver {
  const signers = secrets.map((secret) => new Webhook(secret));
  return async (claim, signal) => {
    const now = new Date();
    const text = () => Buffer.from(claim.body).toString('utf8');
    const signatures = signers.map((signer) => signer.sign(claim.callbackId, now, text()));
    const response = await fetch(url, {
      method: 'POST',
      body: claim.body as Uint8Array<ArrayBuffer>,
      // A redirect could send personal data to another host.
      redirect: 'manual',
      signal,
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Idempotency-Key': claim.callbackId,
        'Callback-Event': claim.event,
        'Callback-Verdict': claim.verdict,
        ...(claim.confirmation && { 'Callback-Confirmation': claim.confirmation }),
        'webhook-id': claim.callbackId,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
      },
    });
    await response.body?.cancel();
    if (!response.ok) throw new DeliveryRefusedError(`answered ${response.status}`);
    return undefined;
  };
}
