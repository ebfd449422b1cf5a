import { dateIn, numberIn, type Row } from '../engine/read-rows.ts';
import type { Values } from './postgres-session.ts';
import { createScanStart } from './scan-start.ts';

/** How late a line may become visible to a scan that is not whole. */
const marginMs = 1000;
/** Older than every database. */
const foreverMs = 1e12;

interface DueStarts {
  readonly fresh?: Date | undefined;
  readonly retry?: Date | undefined;
}

interface Rows {
  readonly rows: readonly Row[];
}

/** Where the scans of a route start. */
export type RouteScans = ReturnType<typeof createRouteScans>;

export function createRouteScans() {
  const known = new Map<string, ReturnType<typeof createScans>>();
  return (route: string) => {
    const scans = known.get(route) ?? createScans();
    known.set(route, scans);
    return scans;
  };
}

function createScans() {
  let last: DueStarts = {};
  return {
    due: createScanStart(({ rows }: Rows): DueStarts => {
      const { fresh = last.fresh, retry = last.retry } = {
        fresh: latestOf(rows.filter((row) => numberIn(row, 'attempt') === 1)),
        retry: latestOf(rows.filter((row) => numberIn(row, 'attempt') > 1)),
      };
      last = { fresh, retry };
      return last;
    }),
    expired: createScanStart((_: Rows) => performance.now()),
    /** Sequence of a callback: none before it has an open delivery. */
    oldest: createScanStart(({ rows: [row] }: Rows) =>
      row && row['oldest_since'] !== null ? numberIn(row, 'oldest_since') : undefined,
    ),
  };
}

/** The time of the line that was due last, less the margin. */
function latestOf(rows: readonly Row[]): Date | undefined {
  const times = rows.map((row) => dateIn(row, 'next_at').getTime());
  return times.length > 0 ? new Date(Math.max(...times) - marginMs) : undefined;
}

export function sinceOf({ fresh, retry }: DueStarts = {}): Values {
  return { freshSince: fresh ?? '-infinity', retrySince: retry ?? '-infinity' };
}

/** Milliseconds since the last scan for expired claims, with the margin. */
export function msSince(scannedAt: number | undefined): number {
  return scannedAt === undefined ? foreverMs : performance.now() - scannedAt + marginMs;
}
