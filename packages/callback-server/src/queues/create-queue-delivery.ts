import type { Claim } from '../callback/delivery.ts';
import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import type { OpenQueue, QueueConnection } from './queue-connection.ts';

/** Delivers callbacks to a queue, over one connection. An attempt opens the connection if there is none. */
export function createQueueDelivery(open: OpenQueue, timeoutMs: number) {
  let current: Promise<QueueConnection> | undefined;
  let isClosed = false;

  const connect = (): Promise<QueueConnection> => {
    if (isClosed) throw new DeliveryRefusedError('server stops');
    if (current) return current;
    const opening = open(timeoutMs);
    current = opening;
    const forget = () => {
      if (current === opening) current = undefined;
    };
    opening.then(({ closed }) => closed.then(forget, forget), forget);
    return opening;
  };

  return {
    deliver: async (claim: Claim, signal: AbortSignal): Promise<undefined> => {
      const { publish } = await connect();
      // A later attempt may run already: a message of this attempt could overtake the merchant's next callback.
      signal.throwIfAborted();
      await publish(claim, signal);
    },
    close: async (): Promise<void> => {
      isClosed = true;
      await current?.then(
        ({ close }) => close(),
        () => {},
      );
    },
  };
}
