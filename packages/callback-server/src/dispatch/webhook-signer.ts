import { createHmac } from 'node:crypto';

/** Signs a message by Standard Webhooks, https://www.standardwebhooks.com, at a second of the Unix epoch. */
export type WebhookSigner = (id: string, timestamp: number, body: Uint8Array) => string;

/**
 * Creates the signer of a secret: base64, with or without the prefix `whsec_`.
 *
 * @throws Error if the secret is invalid. The error never quotes the secret.
 */
export function createWebhookSigner(secret: string): WebhookSigner {
  const key = keyOf(secret);
  return (id, timestamp, body) =>
    `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/** The bytes of a secret. `Buffer` alone would skip what is not base64. */
export function keyOf(secret: string): Buffer {
  const base64 = secret.replace(/^whsec_/, '');
  if (!/^[a-z0-9+/]{2,}={0,2}$/i.test(base64)) throw new Error('A secret must be base64.');
  return Buffer.from(base64, 'base64');
}
