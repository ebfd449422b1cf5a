import type { CallbackEvent } from '../callback/callback-event.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import type { CallbackHandler } from './callback-handler.ts';
import { createForward } from './create-forward.ts';
import type { ForwardRoute } from './forward-route.ts';
import { createHandlerTransaction } from './handler-transaction.ts';
import { type Deliver, DeliveryRefusedError, type Route } from './route.ts';

/** What routes share unless they say otherwise. */
export type RouteLimits = Pick<Route, 'attemptTimeoutMs' | 'delaysMs' | 'concurrency'>;

/** Name of the route to the handlers of this process. */
const handlerRoute = 'handler';

/**
 * Where callbacks are delivered to: the handlers of this process, one per event, and the forward routes.
 *
 * @throws Error if two routes have one name, or if a secret is not a Standard Webhooks secret.
 */
export function createRoutes(forwardRoutes: readonly ForwardRoute[], limits: RouteLimits) {
  const handlers = new Map<CallbackEvent, CallbackHandler>();
  const handle: Deliver = async ({ callbackId: id, event, body, receivedAt, attempt }, signal) => {
    const handler = handlers.get(event);
    // An earlier run, or another replica, had a handler for this event.
    if (!handler) throw new DeliveryRefusedError(`no handler for ${event}`);
    // Validated again, because an older version may have received the callback: its contract may have been another.
    const { verdict, payload } = validateCallback(body, event);
    if (!payload || (verdict !== 'valid' && verdict !== 'drift'))
      throw new DeliveryRefusedError(`is ${verdict} to this version`);
    const { transaction, statements, end } = createHandlerTransaction();
    try {
      await handler({ id, event, verdict, receivedAt, payload }, { attempt, signal, transaction });
      return statements;
    } finally {
      end();
    }
  };
  const handlerOnly: Route = {
    ...limits,
    name: handlerRoute,
    accepts: ({ event }) => handlers.has(event),
    isActive: () => handlers.size > 0,
    deliver: handle,
  };
  const routes = [handlerOnly, ...forwardRoutes.map((route) => toRoute(route, limits))];
  assertDistinct(routes.map(({ name }) => name));

  return {
    /** @throws Error if the event has a handler already. */
    on: (event: CallbackEvent, handler: CallbackHandler) => {
      if (handlers.has(event))
        throw new Error(`Event ${event} has a handler already. Call the second handler from the first.`);
      handlers.set(event, handler);
    },
    routes: routes as readonly Route[],
    /** Names of the routes that a callback is delivered to. */
    routesOf: (callback: Parameters<Route['accepts']>[0]) =>
      routes.filter(({ accepts }) => accepts(callback)).map(({ name }) => name),
  };
}

function toRoute(route: ForwardRoute, { delaysMs, ...limits }: RouteLimits): Route {
  const { name, events, realms, timeoutMs, concurrency } = route;
  return {
    name,
    accepts: ({ event, realmId }) =>
      (events?.includes(event) ?? true) && (realms?.some((realm) => realm === realmId) ?? true),
    isActive: () => true,
    deliver: createForward(route),
    delaysMs,
    attemptTimeoutMs: timeoutMs ?? limits.attemptTimeoutMs,
    concurrency: concurrency ?? limits.concurrency,
  };
}

function assertDistinct(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new Error(`Two routes have the name "${repeated}". Give each its own name.`);
}
