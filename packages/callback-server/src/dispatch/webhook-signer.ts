import { createHmac } from 'node:crypto';

/** Signs messages by Standard Webhooks: https://www.standardwebhooks.com */
export interface WebhookSigner {
  /** The signature of a message with this id, sent at this second of the Unix epoch. */
  sign(id: string, timestamp: number, body: Uint8Array): string;
}

/**
 * Creates the signer of a secret: base64, with or without the prefix `whsec_`.
 *
 * @throws Error if the secret is not one. Never quotes it.
 */
export function createWebhookSigner(secret: string): WebhookSigner {
  const key = keyOf(secret);
  return {
    sign: (id, timestamp, body) => {
      const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
      return `v1,${hmac.digest('base64')}`;
    },
  };
}

/** The bytes of a secret. `Buffer` alone would skip what is not base64. */
export function keyOf(secret: string): Buffer {
  const base64 = secret.replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]{2,}={0,2}$/.test(base64)) throw new Error('The secret must be base64.');
  return Buffer.from(base64, 'base64');
}
