import { Webhook } from 'standardwebhooks';
import type { Claim } from '../callback/delivery.ts';

/** Hands a callback on; resolves where it was taken, and rejects where not. */
export type Deliver = (claim: Claim, signal: AbortSignal) => Promise<void>;

/**
 * Posts a callback's exact bytes to a URL of ours, with a signature by Standard Webhooks where there is a secret: the
 * one that the provider never gave.
 */
export function createForward(url: string, secret: string | undefined): Deliver {
  const signer = secret === undefined ? undefined : new Webhook(secret);
  return async (claim, signal) => {
    const now = new Date();
    const response = await fetch(url, {
      method: 'POST',
      body: claim.body as Uint8Array<ArrayBuffer>,
      // A redirect could lead people's data to another host.
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
    if (!response.ok) throw new NotTakenError(`answered ${response.status}`);
  };
}

/** The other side is there, and did not take a callback. Its message is safe to keep. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
}
