import type { CircuitState } from '../dispatch/create-circuit.ts';
import type { CallbackStore } from '../store/callback-store.ts';
import type { StoreStats } from '../store/engine/records.ts';
import { createCached } from './create-cached.ts';
import type { RouteReading } from './route-metrics.ts';

const countEveryMs = 5000;
const noDeliveries = { blockedMerchants: 0, deadLetters: 0 };

/**
 * Creates a function that reads the measurements of the routes that this server delivers to, and of other routes with
 * deliveries in the store.
 */
export function createRouteReader(
  store: Pick<CallbackStore, 'countOpen' | 'stats'>,
  circuits: () => ReadonlyMap<string, CircuitState>,
) {
  const readStats = createCached(store.stats, 0);
  const counts = new Map<string, () => Promise<number | undefined>>();
  const countOpen = (route: string) => {
    const count = counts.get(route) ?? createCached(() => store.countOpen(route), countEveryMs);
    counts.set(route, count);
    return count();
  };
  return async (): Promise<Omit<StoreStats, 'routes'> & { readonly routes: RouteReading[] }> => {
    const { routes, ...stats } = await readStats();
    const states = circuits();
    const names = new Set([...states.keys(), ...routes.keys()]);
    const readings = await Promise.all(
      [...names].map(async (route) => {
        const [circuit, open] = [states.get(route), await countOpen(route)];
        return {
          route,
          ...(routes.get(route) ?? noDeliveries),
          ...(circuit && { circuit }),
          ...(open !== undefined && { open }),
        };
      }),
    );
    return { ...stats, routes: readings };
  };
}
