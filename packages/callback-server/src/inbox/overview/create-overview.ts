import { createCached } from '../../metrics/create-cached.ts';
import type { RouteReading } from '../../metrics/route-metrics.ts';
import type { CallbackStore } from '../../store/callback-store.ts';
import type { MerchantCounts } from '../../store/engine/merchant-rows.ts';
import { createArrivals, type HourOfArrivals } from './create-arrivals.ts';
import { percentile } from './percentile.ts';

/** How long the callbacks that arrived in an hour took from their receipt until a route took them. */
export interface HourOfLatency {
  /** When the hour began. */
  readonly hour: Date;
  /** Missing if no route has taken a callback. */
  readonly latency?: { readonly p50Ms: number; readonly p95Ms: number };
}

/** The state of the store, as the overview page shows it. */
export interface Overview {
  /** The running hour and the 23 hours before, oldest first. */
  readonly arrivals: readonly HourOfArrivals[];
  /** The same hours. */
  readonly latencies: readonly HourOfLatency[];
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

const readEveryMs = 2000;

/** Creates a function that reads the overview. However many visitors look, the reading takes at most a tenth of the time. */
export function createOverview({
  store,
  readRoutes,
  readMerchants,
}: OverviewSources): () => Promise<Overview> {
  const readArrivals = createArrivals(store.arrivals);
  return createCached(async () => {
    const arrivals = await readArrivals(Date.now());
    const latencies: HourOfLatency[] = [];
    // A failing route may take a callback hours later, so hours that have ended are read again.
    for (const { hour } of arrivals) latencies.push({ hour, ...latencyOf(await store.latencies(hour)) });
    return {
      arrivals,
      latencies,
      routes: (await readRoutes()).routes,
      merchants: await readMerchants(),
      quarantined: await store.countQuarantined(),
    };
  }, readEveryMs);
}

function latencyOf(values: readonly number[]): Pick<HourOfLatency, 'latency'> {
  return values.length > 0
    ? { latency: { p50Ms: percentile(values, 0.5), p95Ms: percentile(values, 0.95) } }
    : {};
}
