import { readRouteStats, textIn } from '../engine/read-rows.ts';
import type { SharedEngine } from '../engine/shared-operations.ts';
import { routeNames } from '../engine/shared-statements.ts';
import * as sql from './delivery-statements.ts';
import type { PostgresSession } from './postgres-session.ts';
import { type RouteScans, sinceOf } from './route-scans.ts';
import { createScanStart } from './scan-start.ts';

/** Reads the state of routes. Each scan reads only what has changed since the last scan. Whole scans find the rest later. */
export function createPostgresStats(
  { named }: PostgresSession,
  scansOf: RouteScans,
): Pick<SharedEngine, 'routeNames' | 'routeStats'> {
  const names = createScanStart((found: string[]) => (found.length > 0 ? found : undefined));
  return {
    routeNames: () =>
      names.run(async (known) => {
        if (known) return known;
        const { rows } = await named('route names', routeNames, {});
        return rows.map((row) => textIn(row, 'route'));
      }),
    routeStats: async (route) => {
      const { due, oldest } = scansOf(route);
      const { rows } = await oldest.run((oldestSince = 0) =>
        named('route stats', sql.routeStats, { route, oldestSince, ...sinceOf(due.start()) }),
      );
      return rows[0] && readRouteStats(rows[0]);
    },
  };
}
