import { createHash } from 'node:crypto';
import { webhooks } from '@partner-ecosystem/openapi/examples';
import type { CallbackEvent } from '../../src/callback/callback-event.ts';
import type { IncomingCallback } from '../../src/callback/incoming-callback.ts';
import { readCallback } from '../../src/callback/read-callback.ts';

export const token = 'not-a-real-callback-token';

/** Returns the contract's example of an event, with some fields changed. */
export function callback(
  event: 'accept' | 'reject' | 'pending',
  changes: Record<string, unknown> = {},
): string {
  const example = Object.values(webhooks[event])[0];
  return JSON.stringify({ ...example, merchantData: { ...example?.merchantData, ...changes } });
}

/** Returns a callback that was posted as an accept, as the receiver passes it to the store. */
export function accepted(text: string, receivedAt: Date, event: CallbackEvent = 'accept'): IncomingCallback {
  const bodySha256 = createHash('sha256').update(text).digest('hex');
  const sender = { address: '192.0.2.1', userAgent: 'provider/1.0' };
  return readCallback({ body: Buffer.from(text), bodySha256, event, receivedAt, sender });
}
