import type { CallbackStore } from '../store/callback-store.ts';
import type { RouteStats, StoreStats } from '../store/engine/records.ts';
import { type Finding, ok, warning } from './finding.ts';

const rounds = 32;
/** No route has this name, so nothing is claimed. */
const routeOfNothing = 'callback-server doctor';
/** Above this time in milliseconds, claims delay the callbacks. */
const maxFastMs = 100;
/** After this wait in milliseconds, a route has most likely stopped taking callbacks. */
const maxWaitMs = 15 * 60_000;

/** Measures how long a claim and a commit take in the database, in milliseconds. Claims nothing. */
export async function measureClaims(store: Pick<CallbackStore, 'claim' | 'probe'>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await store.claim(routeOfNothing, { fresh: 1, retries: 1 });
    // A claim of nothing commits nothing, so a slow flush would not show.
    await store.probe(new Date());
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[rounds / 2] ?? 0;
}

/**
 * Assesses how fast callbacks are delivered, and which callbacks wait.
 *
 * @param known - Names of the routes that servers have.
 * @param claimMs - Missing if a running server has the database.
 */
export function assessHandingOn(
  now: Date,
  { routes }: StoreStats,
  known: readonly string[],
  claimMs?: number,
): Finding {
  const claims = claimMs === undefined ? [] : [`a claim and a commit take ${claimMs.toFixed(1)} ms`];
  const waiting = [...routes].map(([route, stats]) => describe(route, stats, now));
  const found = [...claims, ...waiting].join('; ') || 'nothing waits';
  const removed = [...routes].filter(([route, stats]) => stats.oldestUndeliveredAt && !known.includes(route));
  if (removed.length > 0) return warning(`${found}. ${describeRemoved(removed.map(([route]) => route))}`);
  const isLate = [...routes.values()].some(({ oldestUndeliveredAt: at }) => at && ageMs(at, now) > maxWaitMs);
  if (isLate) return warning(`${found}. Check the route that waits, and its log lines of type attempt.`);
  if (claimMs !== undefined && claimMs > maxFastMs)
    return warning(`${found}. Use a faster disk, or a database that is nearer.`);
  return ok(found);
}

function describe(route: string, stats: RouteStats, now: Date): string {
  const { oldestUndeliveredAt: at, blockedMerchants, deadLetters } = stats;
  const oldest = at ? `the oldest callback waits ${Math.round(ageMs(at, now) / 1000)} s` : 'nothing waits';
  return `${route}: ${oldest}, ${blockedMerchants} merchants blocked, ${deadLetters} deliveries given up`;
}

function describeRemoved(routes: readonly string[]): string {
  const names = routes.join(', ');
  return `FORWARD_URL and ROUTES_FILE do not have ${names}: nothing is delivered there, and purge leaves these callbacks alone. Add the route, or run give-up if it is gone for good.`;
}

function ageMs(at: Date, now: Date): number {
  return now.getTime() - at.getTime();
}
