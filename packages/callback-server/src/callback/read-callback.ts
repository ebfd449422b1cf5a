import type { CallbackEvent } from './callback-event.ts';
import { dedupKey, providerTime } from './dedup-key.ts';
import type { IncomingCallback } from './incoming-callback.ts';
import type { Sender } from './sender.ts';
import { validateCallback } from './validate-callback.ts';

/** Everything that is to be kept of one POST. */
export function readCallback(
  body: Uint8Array,
  bodySha256: string,
  eventInUrl: CallbackEvent | undefined,
  receivedAt: Date,
  sender: Sender,
): IncomingCallback {
  const { event, verdict, violations, merchantId, payload } = validateCallback(body, eventInUrl);
  const time = providerTime(payload);
  return {
    body,
    bodySha256,
    receivedAt,
    sender,
    dedupKey: dedupKey(event, payload, bodySha256),
    ...(time !== undefined && { providerTime: time }),
    event,
    ...(merchantId !== undefined && { merchantId }),
    ...(payload && { status: payload.merchantData.status }),
    verdict,
    violations,
  };
}
