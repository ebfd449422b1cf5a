import { createCached } from '../../metrics/create-cached.ts';
import type { RouteReading } from '../../metrics/route-metrics.ts';
import type { CallbackStore } from '../../store/callback-store.ts';
import type { MerchantCounts } from '../../store/engine/merchant-rows.ts';
import { createArrivals, type HourOfArrivals } from './create-arrivals.ts';
import { percentile } from './percentile.ts';

/** How the store stands, for a person. */
export interface Overview {
  /** The running hour and the 23 hours before, oldest first. */
  readonly arrivals: readonly HourOfArrivals[];
  /** Time from the receipt of a callback until a route took it. Missing if none was taken in the last hour. */
  readonly latency?: { readonly p50Ms: number; readonly p95Ms: number };
  readonly routes: readonly RouteReading[];
  readonly merchants: MerchantCounts;
  /** Callbacks that no pull agrees with. */
  readonly quarantined: number;
}

export interface OverviewSources {
  readonly store: Pick<CallbackStore, 'arrivals' | 'countQuarantined' | 'latencies'>;
  readonly readRoutes: () => Promise<{ readonly routes: readonly RouteReading[] }>;
  readonly readMerchants: () => Promise<MerchantCounts>;
}

const hourMs = 3_600_000;
const readEveryMs = 2000;

/** Creates a function that reads the overview, in at most a tenth of the time, however many visitors look. */
export function createOverview({
  store,
  readRoutes,
  readMerchants,
}: OverviewSources): () => Promise<Overview> {
  const readArrivals = createArrivals(store.arrivals);
  return createCached(async () => {
    const now = Date.now();
    const latencies = await store.latencies(new Date(now - hourMs));
    return {
      arrivals: await readArrivals(now),
      ...(latencies.length > 0 && {
        latency: { p50Ms: percentile(latencies, 0.5), p95Ms: percentile(latencies, 0.95) },
      }),
      routes: (await readRoutes()).routes,
      merchants: await readMerchants(),
      quarantined: await store.countQuarantined(),
    };
  }, readEveryMs);
}
