import { createHash } from 'node:crypto';
import { webhooks } from '@partner-ecosystem/openapi/examples';
import type { IncomingCallback } from '../../src/callback/incoming-callback.ts';
import { readCallback } from '../../src/callback/read-callback.ts';

export const token = 'not-a-real-callback-token';

/** A callback of the contract's example, with some of its fields changed. */
export function callback(
  event: 'accept' | 'reject' | 'pending',
  changes: Record<string, unknown> = {},
): string {
  const example = Object.values(webhooks[event])[0];
  return JSON.stringify({ ...example, merchantData: { ...example?.merchantData, ...changes } });
}

/** A callback that was posted as an accept, as the door hands it to the store. */
export function accepted(text: string, receivedAt: Date): IncomingCallback {
  const bodySha256 = createHash('sha256').update(text).digest('hex');
  const sender = { address: '192.0.2.1', userAgent: 'provider/1.0' };
  return readCallback(Buffer.from(text), bodySha256, 'accept', receivedAt, sender);
}
