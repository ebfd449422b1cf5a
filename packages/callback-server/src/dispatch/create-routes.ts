import type { CallbackEvent } from '../callback/callback-event.ts';
import type { Route } from '../callback/delivery.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import type { CallbackHandler } from './callback-handler.ts';
import { createForward, type Deliver, DeliveryRefusedError } from './create-forward.ts';

/**
 * Where callbacks are delivered to: the handlers of this process, one per event, and the forward URL.
 *
 * @throws Error if the secret is not a Standard Webhooks secret.
 */
export function createRoutes(forwardUrl: string | undefined, forwardSecret: string | undefined) {
  const handlers = new Map<CallbackEvent, CallbackHandler>();
  const forward = forwardUrl ? createForward(forwardUrl, forwardSecret) : undefined;

  const handle: Deliver = async ({ callbackId: id, event, body, receivedAt, attempt }, signal) => {
    const handler = handlers.get(event);
    // An earlier run had a handler for this event.
    if (!handler) throw new DeliveryRefusedError(`no handler for ${event}`);
    // Validated again, because an older version may have received the callback: its contract may have been another.
    const { verdict, payload } = validateCallback(body, event);
    if (!payload || (verdict !== 'valid' && verdict !== 'drift'))
      throw new DeliveryRefusedError(`is ${verdict} to this version`);
    await handler({ id, event, verdict, receivedAt, payload }, { attempt, signal });
  };
  const deliver: Deliver = async (claim, signal) => {
    if (claim.route === 'handler') return handle(claim, signal);
    // An earlier run had a URL to forward to.
    if (!forward) throw new DeliveryRefusedError('no URL to forward to');
    return forward(claim, signal);
  };

  return {
    /** @throws Error if the event has a handler already. */
    on: (event: CallbackEvent, handler: CallbackHandler) => {
      if (handlers.has(event))
        throw new Error(`Event ${event} has a handler already. Call the second handler from the first.`);
      handlers.set(event, handler);
    },
    routesOf: (event: CallbackEvent) => {
      const routes: Route[] = [];
      if (handlers.has(event)) routes.push('handler');
      if (forward) routes.push('forward');
      return routes;
    },
    deliver,
  };
}
