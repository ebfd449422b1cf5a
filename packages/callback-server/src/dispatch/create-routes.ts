import { type CallbackEvent, callbackEvents, isCallbackEvent } from '../callback/callback-event.ts';
import { confirmRoute } from '../callback/confirmation.ts';
import type { Claim } from '../callback/delivery.ts';
import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';
import { parseBody } from '../callback/parse-body.ts';
import type { PulledDocument } from '../callback/pulled-document.ts';
import { isTakenBy, type RoutedCallback } from '../callback/route-filter.ts';
import type { RouteOrder } from '../callback/route-order.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import { createQueueDelivery } from '../queues/create-queue-delivery.ts';
import type { CallbackHandler, ReceivedCallback } from './callback-handler.ts';
import { filterOf } from './configured-routes.ts';
import { createForward } from './create-forward.ts';
import { createHandlerTransaction } from './handler-transaction.ts';
import { openQueueOf } from './open-queue-of.ts';
import type { RouteOptions } from './queue-route.ts';
import type { Deliver, Route } from './route.ts';
import { RouteOptionsError } from './route-options-error.ts';

/** The limits of a route that sets none of its own. */
export type RouteLimits = Pick<Route, 'attemptTimeoutMs' | 'delaysMs' | 'concurrency'>;

/** Name of the route to the handlers of this process. */
export const handlerRoute = 'handler';

/**
 * Where callbacks are delivered to: the handlers of this process, one per event, and the configured routes.
 *
 * @throws RouteOptionsError if two routes have one name, or if the client of a queue is not installed.
 * @throws Error if a secret is not a Standard Webhooks secret.
 */
export async function createRoutes(
  configured: readonly RouteOptions[],
  limits: RouteLimits,
  handlerOrder: RouteOrder = 'strict',
) {
  const handlers = new Map<CallbackEvent, CallbackHandler>();
  const handle: Deliver = async (claim, signal) => {
    const { callbackId: id, event, body, receivedAt, attempt } = claim;
    const handler = handlers.get(event);
    if (!handler) throw new DeliveryRefusedError(`no handler for ${event}`);
    // Validated again, because an older version may have received the callback: its contract may have been another.
    const { verdict, payload } = validateCallback(body, event);
    if (!payload || (verdict !== 'valid' && verdict !== 'drift'))
      throw new DeliveryRefusedError(`is ${verdict} to this version`);
    const confirmed = confirmationOf(claim);
    const { transaction, statements, end } = createHandlerTransaction(signal);
    try {
      await handler(
        { id, event, verdict, receivedAt, payload, ...confirmed },
        { attempt, signal, transaction },
      );
      return { statements };
    } finally {
      end();
    }
  };
  const handlerOnly: Route = {
    ...limits,
    name: handlerRoute,
    order: handlerOrder,
    takesEvent: (event) => handlers.has(event),
    isActive: () => handlers.size > 0,
    // An earlier run, or another replica, may have handlers for other events.
    canDeliver: (event) => handlers.has(event),
    deliver: handle,
  };
  assertDistinct([handlerRoute, confirmRoute, ...configured.map(({ name }) => name)]);
  const routes = [handlerOnly, ...(await Promise.all(configured.map((route) => toRoute(route, limits))))];

  return {
    /**
     * @throws Error if the event has a handler already.
     * @throws TypeError if there is no such event, or if the handler is no function.
     */
    on: (event: CallbackEvent, handler: CallbackHandler) => {
      if (!isCallbackEvent(event))
        throw new TypeError(`"${event}" is no event. Events: ${callbackEvents.join(', ')}.`);
      if (typeof handler !== 'function') throw new TypeError(`The handler of ${event} must be a function.`);
      if (handlers.has(event))
        throw new Error(`Event ${event} has a handler already. Call the second handler from the first.`);
      handlers.set(event, handler);
    },
    routes: routes as readonly Route[],
    /** Names of the routes that a callback is delivered to. */
    routesOf: (callback: RoutedCallback) =>
      routes.filter((route) => isTakenBy(route, callback)).map(({ name }) => name),
  };
}

function confirmationOf({ confirmation, pulled }: Claim): Pick<ReceivedCallback, 'confirmation' | 'pulled'> {
  return {
    ...(confirmation && { confirmation }),
    // The store keeps the document that the client returned.
    ...(pulled && { pulled: parseBody(pulled) as PulledDocument }),
  };
}

async function toRoute(route: RouteOptions, { delaysMs, ...limits }: RouteLimits): Promise<Route> {
  const { name, timeoutMs, concurrency } = route;
  const attemptTimeoutMs = timeoutMs ?? limits.attemptTimeoutMs;
  const openQueue = await openQueueOf(route);
  return {
    name,
    ...filterOf(route),
    isActive: () => true,
    ...(openQueue ? createQueueDelivery(openQueue, attemptTimeoutMs) : { deliver: createForward(route) }),
    delaysMs,
    attemptTimeoutMs,
    concurrency: concurrency ?? limits.concurrency,
  };
}

function assertDistinct(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new RouteOptionsError(`two routes have the name "${repeated}". Give each its own name.`);
}
