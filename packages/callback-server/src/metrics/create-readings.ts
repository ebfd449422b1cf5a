import type { CircuitState } from '../dispatch/create-circuit.ts';
import type { MerchantCounts } from '../store/engine/merchant-rows.ts';
import type { OpenedStore } from '../store/open-store.ts';
import type { Metrics } from './create-metrics.ts';
import { createRouteReader } from './read-routes.ts';

interface ReadingSources {
  readonly store: OpenedStore;
  /** Missing if the database is on another machine. */
  readonly disk: { freeBytes(): number | undefined } | undefined;
  readonly circuits: () => ReadonlyMap<string, CircuitState>;
  readonly readMerchants: () => Promise<MerchantCounts>;
  readonly droppedLogLines: () => number;
}

/** Creates what reads the state of the server, for metrics and for the overview of the inbox. */
export function createReadings(
  metrics: Metrics,
  { store, disk, circuits, readMerchants, droppedLogLines }: ReadingSources,
) {
  const readRoutes = createRouteReader(store, circuits);
  return {
    readRoutes,
    /** Renders all metrics in Prometheus text format. */
    renderMetrics: async () => {
      const readings = { freeBytes: disk?.freeBytes(), droppedLogLines: droppedLogLines() };
      return metrics.render({ ...(await readRoutes()), merchants: await readMerchants(), ...readings });
    },
  };
}
