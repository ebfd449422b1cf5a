import type { CallbackEvent } from './callback-event.ts';
import type { IncomingCallback } from './incoming-callback.ts';
import { providerTime } from './provider-time.ts';
import { realmIdOf } from './realm-id.ts';
import { validateCallback } from './validate-callback.ts';

/** One POST, as it arrived. */
interface CallbackPost extends Pick<IncomingCallback, 'body' | 'bodySha256' | 'receivedAt' | 'sender'> {
  /** The event in the URL, if the URL has one. */
  readonly event: CallbackEvent | undefined;
}

/** Validates a POST and derives everything that is stored of it. */
export function readCallback({ event: eventInUrl, ...received }: CallbackPost): IncomingCallback {
  const { payload, ...validated } = validateCallback(received.body, eventInUrl);
  const time = providerTime(payload);
  const realmId = realmIdOf(payload);
  return {
    ...received,
    ...validated,
    dedupKey: `${validated.event} ${received.bodySha256}`,
    ...(time !== undefined && { providerTime: time }),
    ...(realmId !== undefined && { realmId }),
  };
}
