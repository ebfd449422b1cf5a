import { hash } from 'node:crypto';
import { type CallbackEvent, eventOfStatus } from '../callback/callback-event.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { PulledDocument } from '../callback/pulled-document.ts';
import { readCallback } from '../callback/read-callback.ts';
import type { ExpectedMerchant } from '../merchant/expected-merchant.ts';

/** A callback that the server has made itself. */
interface RecoveredCallback extends IncomingCallback {
  readonly event: CallbackEvent;
}

/**
 * Makes the callback that the provider would have posted: what a pull has in `basicDetails`, a callback has in
 * `merchantData`. If the document cannot be used, returns why.
 */
export function recoveredCallback(
  { merchantId, realmId }: ExpectedMerchant,
  document: PulledDocument,
  receivedAt: Date,
): RecoveredCallback | { readonly failed: string } {
  // The client does not check responses, so the document may lack anything.
  const details: Readonly<Record<string, unknown>> = document?.result?.merchantData?.basicDetails ?? {};
  const { id, status } = details;
  if (typeof id === 'string' && id !== '' && id !== merchantId) return { failed: 'the pull has another id' };
  const event = typeof status === 'string' ? eventOfStatus(status) : undefined;
  if (event === undefined) return { failed: 'the pull has no known status' };
  const merchantData = { ...details, id: merchantId, realmId: details['realmId'] || realmId };
  const body = Buffer.from(JSON.stringify({ merchantData }));
  const read = readCallback({
    body,
    bodySha256: hash('sha256', body),
    receivedAt,
    event,
    sender: { address: null, userAgent: null },
  });
  const isUsable = read.verdict === 'valid' || read.verdict === 'drift';
  return isUsable ? { ...read, event } : { failed: 'the pull is no valid callback' };
}
