import type { IncomingCallback } from '../store/callback-store.ts';
import type { CallbackEvent } from './callback-event.ts';
import { dedupKey, providerTime } from './dedup-key.ts';
import { judge } from './judge.ts';

/** Everything that is to be kept of one POST. */
export function readCallback(
  body: Uint8Array,
  bodySha256: string,
  eventInUrl: CallbackEvent | undefined,
  receivedAt: Date,
): IncomingCallback {
  const { event, verdict, violations, payload } = judge(body, eventInUrl);
  const time = providerTime(payload);
  return {
    body,
    bodySha256,
    receivedAt,
    dedupKey: dedupKey(event, payload, bodySha256),
    ...(time !== undefined && { providerTime: time }),
    event,
    ...(payload && { merchantId: payload.merchantData.id, status: payload.merchantData.status }),
    verdict,
    violations,
  };
}
