import { confirmRoute } from '../callback/confirmation.ts';
import type { Route } from '../dispatch/route.ts';
import type { OperatorActions } from '../inbox/actions/operator-actions.ts';
import { RedeliveryError } from '../maintenance/redelivery-error.ts';
import type { OpenedStore } from '../store/open-store.ts';

/**
 * Creates the actions of an operator.
 *
 * @param routes - The routes that callbacks are delivered to.
 * @param stages - All routes, with the confirmation.
 * @param wake - Looks for due deliveries.
 */
export function createOperatorActions(
  { maintenance }: Pick<OpenedStore, 'maintenance'>,
  routes: readonly Route[],
  stages: readonly Route[],
  wake: () => void,
): OperatorActions {
  const activeRoutes = () => routes.filter((route) => route.isActive());
  const routeNames = () => activeRoutes().map(({ name }) => name);
  return {
    routeNames,
    /** The deliveries that a redelivery opens are tried at once. */
    redeliver: async (request, actor, onDamaged) => {
      const route = activeRoutes().find(({ name }) => name === request.route);
      if (!route) {
        const names = routeNames().join(', ') || 'none';
        throw new RedeliveryError(`This server has no route "${request.route}". Its routes: ${names}.`);
      }
      const counts = await maintenance.redeliver(request, route, actor, onDamaged);
      wake();
      return counts;
    },
    /** Gives up all deliveries of a route only if this server does not deliver to it: new deliveries would follow. */
    giveUp: async (request, actor, onDamaged) => {
      if (request.route === confirmRoute)
        throw new RedeliveryError(
          'Callbacks that wait for confirmation are not given up. Mend the pulls, or set what happens to unconfirmed callbacks.',
        );
      if (!request.ids && stages.some((route) => route.name === request.route && route.isActive()))
        throw new RedeliveryError(
          `This server delivers to the route "${request.route}". Remove the route first, or give the ids of callbacks.`,
        );
      const count = await maintenance.giveUp(request, actor, onDamaged);
      wake();
      return count;
    },
    /** Released callbacks pass the confirmation at once. */
    release: async (request, actor, onDamaged) => {
      const count = await maintenance.release(request, actor, onDamaged);
      wake();
      return count;
    },
  };
}
