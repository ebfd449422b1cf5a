import type { CallbackEvent } from '../callback/callback-event.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import type { CallbackHandler } from './callback-handler.ts';
import { type Deliver, DeliveryRefusedError } from './create-forward.ts';

/** The handlers of this process, one per event. */
interface Handlers {
  on(event: CallbackEvent, handler: CallbackHandler): void;
  has(event: CallbackEvent): boolean;
  readonly deliver: Deliver;
}

export function createHandlers(): Handlers {
  const handlers = new Map<CallbackEvent, CallbackHandler>();
  return {
    on: (event, handler) => {
      if (handlers.has(event))
        throw new Error(`Event ${event} has a handler already. Call the second handler from the first.`);
      handlers.set(event, handler);
    },
    has: (event) => handlers.has(event),
    deliver: async ({ callbackId: id, event, body, receivedAt, attempt }, signal) => {
      const handler = handlers.get(event);
      // An earlier run had a handler for this event.
      if (!handler) throw new DeliveryRefusedError(`no handler for ${event}`);
      // Validated again, because an older version may have received the callback: its contract may have been another.
      const { verdict, payload } = validateCallback(body, event);
      if (!payload || (verdict !== 'valid' && verdict !== 'drift'))
        throw new DeliveryRefusedError(`is ${verdict} to this version`);
      await handler({ id, event, verdict, receivedAt, payload }, { attempt, signal });
    },
  };
}
