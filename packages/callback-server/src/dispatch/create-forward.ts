import type { ForwardRoute } from './forward-route.ts';
import { postSigned } from './post-signed.ts';
import type { Deliver } from './route.ts';
import { createWebhookSigner } from './webhook-signer.ts';

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
  const signers = secrets.map(createWebhookSigner);
  return async ({ callbackId: id, body, event, verdict, confirmation }, signal) => {
    const ownHeaders = {
      ...headers,
      'Idempotency-Key': id,
      'Callback-Event': event,
      'Callback-Verdict': verdict,
      ...(confirmation && { 'Callback-Confirmation': confirmation }),
    };
    await postSigned(url, signers, { id, body, headers: ownHeaders, signal });
    return undefined;
  };
}
