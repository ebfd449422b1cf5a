import type { CallbackEvent } from '../callback/callback-event.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import type { CallbackHandler } from './callback-handler.ts';
import { createForward } from './create-forward.ts';
import { type Deliver, DeliveryRefusedError, type Route } from './route.ts';

interface RoutesOptions extends Pick<Route, 'attemptTimeoutMs' | 'delaysMs' | 'concurrency'> {
  readonly forwardUrl: string | undefined;
  readonly forwardSecret: string | undefined;
}

/**
 * Where callbacks are delivered to: the handlers of this process, one per event, and the forward URL.
 *
 * @throws Error if the secret is not a Standard Webhooks secret.
 */
export function createRoutes({ forwardUrl, forwardSecret, ...limits }: RoutesOptions) {
  const handlers = new Map<CallbackEvent, CallbackHandler>();
  const handle: Deliver = async ({ callbackId: id, event, body, receivedAt, attempt }, signal) => {
    const handler = handlers.get(event);
    // An earlier run, or another replica, had a handler for this event.
    if (!handler) throw new DeliveryRefusedError(`no handler for ${event}`);
    // Validated again, because an older version may have received the callback: its contract may have been another.
    const { verdict, payload } = validateCallback(body, event);
    if (!payload || (verdict !== 'valid' && verdict !== 'drift'))
      throw new DeliveryRefusedError(`is ${verdict} to this version`);
    await handler({ id, event, verdict, receivedAt, payload }, { attempt, signal });
  };
  const routes: Route[] = [
    {
      ...limits,
      name: 'handler',
      accepts: (event) => handlers.has(event),
      isActive: () => handlers.size > 0,
      deliver: handle,
    },
  ];
  if (forwardUrl)
    routes.push({
      ...limits,
      name: 'forward',
      accepts: () => true,
      isActive: () => true,
      deliver: createForward(forwardUrl, forwardSecret),
    });

  return {
    /** @throws Error if the event has a handler already. */
    on: (event: CallbackEvent, handler: CallbackHandler) => {
      if (handlers.has(event))
        throw new Error(`Event ${event} has a handler already. Call the second handler from the first.`);
      handlers.set(event, handler);
    },
    routes: routes as readonly Route[],
    /** Names of the routes that a callback is delivered to. */
    routesOf: (event: CallbackEvent) =>
      routes.filter(({ accepts }) => accepts(event)).map(({ name }) => name),
  };
}
