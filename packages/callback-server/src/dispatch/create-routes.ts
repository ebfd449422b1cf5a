import type { CallbackEvent } from '../callback/callback-event.ts';
import type { Route } from '../callback/delivery.ts';
import type { CallbackHandler } from './callback-handler.ts';
import { createForward, type Deliver, DeliveryRefusedError } from './create-forward.ts';
import { createHandlers } from './create-handlers.ts';

/** Where callbacks are delivered to: the handlers of this process, and the forward URL. */
interface Routes {
  /** @throws Error if the event has a handler already. */
  on(event: CallbackEvent, handler: CallbackHandler): void;
  routesOf(event: CallbackEvent): Route[];
  /** Delivers a callback by the route of its claim. */
  readonly deliver: Deliver;
}

/** @throws Error if the secret is not a Standard Webhooks secret. */
export function createRoutes(forwardUrl: string | undefined, forwardSecret: string | undefined): Routes {
  const handlers = createHandlers();
  const forward = forwardUrl ? createForward(forwardUrl, forwardSecret) : undefined;
  return {
    on: handlers.on,
    routesOf: (event) => [
      ...(handlers.has(event) ? ['handler' as const] : []),
      ...(forward ? ['forward' as const] : []),
    ],
    deliver: async (claim, signal) => {
      if (claim.route === 'handler') return handlers.deliver(claim, signal);
      // An earlier run had a URL to forward to.
      if (!forward) throw new DeliveryRefusedError('no URL to forward to');
      return forward(claim, signal);
    },
  };
}
