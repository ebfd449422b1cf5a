import type { CallbackEvent } from '../callback/callback-event.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import type { CallbackHandler } from './callback-handler.ts';
import { type Deliver, NotTakenError } from './create-forward.ts';

/** The handlers of this process, one an event. */
export interface Handlers {
  on(event: CallbackEvent, handler: CallbackHandler): void;
  has(event: CallbackEvent): boolean;
  readonly deliver: Deliver;
}

export function createHandlers(): Handlers {
  const handlers = new Map<CallbackEvent, CallbackHandler>();
  return {
    on: (event, handler) => {
      if (handlers.has(event)) throw new Error(`Event ${event} has a handler. Call the other one from it.`);
      handlers.set(event, handler);
    },
    has: (event) => handlers.has(event),
    deliver: async ({ callbackId: id, event, body, receivedAt, attempt }, signal) => {
      const handler = handlers.get(event);
      // Kept by an earlier run that had one.
      if (!handler) throw new NotTakenError(`no handler for ${event}`);
      const { verdict, payload } = validateCallback(body, event);
      if (!payload || (verdict !== 'valid' && verdict !== 'drift'))
        throw new NotTakenError(`is ${verdict} to this version`);
      await handler({ id, event, verdict, receivedAt, payload }, { attempt, signal });
    },
  };
}
