import type { DispatcherOptions } from './create-attempt-recorder.ts';
import { createRouteDispatcher } from './create-route-dispatcher.ts';
import type { Route } from './route.ts';

/** Delivers callbacks to every route, until it is stopped. `wake` looks for due deliveries now. */
export function createDispatcher(routes: readonly Route[], options: DispatcherOptions) {
  const dispatchers = new Map(routes.map((route) => [route.name, createRouteDispatcher(route, options)]));
  return {
    /** @param names - The routes to look at. @default every route */
    wake: (names: Iterable<string> = dispatchers.keys()) => {
      for (const name of names) dispatchers.get(name)?.wake();
    },
    /** State of the circuit of each route that this server delivers to. */
    circuits: () =>
      new Map(
        routes
          .filter((route) => route.isActive())
          .flatMap(({ name }) => {
            const circuit = dispatchers.get(name)?.circuit();
            return circuit ? [[name, circuit]] : [];
          }),
      ),
    /** Claims no more deliveries, and resolves when the running attempts have ended. */
    stop: async () => {
      await Promise.all([...dispatchers.values()].map(({ stop }) => stop()));
    },
  };
}
