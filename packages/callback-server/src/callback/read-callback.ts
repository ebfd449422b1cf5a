import type { CallbackEvent } from './callback-event.ts';
import { dedupKey, providerTime } from './dedup-key.ts';
import type { IncomingCallback } from './incoming-callback.ts';
import type { Sender } from './sender.ts';
import { validateCallback } from './validate-callback.ts';

/** One POST, as it arrived. */
interface CallbackPost {
  readonly body: Uint8Array;
  readonly bodySha256: string;
  /** The event in the URL, if the URL has one. */
  readonly event: CallbackEvent | undefined;
  readonly receivedAt: Date;
  readonly sender: Sender;
}

/** Validates a POST and derives everything that is stored of it. */
export function readCallback(post: CallbackPost): IncomingCallback {
  const { body, bodySha256, receivedAt, sender } = post;
  const { event, verdict, violations, merchantId, payload } = validateCallback(body, post.event);
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
