import { type ClientBase, DatabaseError, type Pool } from 'pg';
import { dateIn, numberIn, readClaim, readDueTimes, readExpiredClaim } from '../engine/read-rows.ts';
import type { SettledAttempt } from '../engine/records.ts';
import { StatementError } from '../engine/statement-error.ts';
import type { DeliveryEngine } from '../engine/store-engine.ts';
import * as sql from './delivery-statements.ts';
import { inTransaction } from './in-transaction.ts';
import { type PostgresSession, positional, type Values } from './postgres-session.ts';
import { msSince, type RouteScans, sinceOf } from './route-scans.ts';

/**
 * @param session - Uses indexes only. Each statement is planned once per connection, perhaps while the tables are empty.
 * @param pool - Runs the statements of handlers.
 */
export function createPostgresDeliveries(
  { named }: PostgresSession,
  pool: Pool,
  scansOf: RouteScans,
  leaseMs: number,
): DeliveryEngine {
  return {
    claim: async (route, limits, token) => {
      const { due } = scansOf(route);
      const values = { route, ...limits, token, leaseMs };
      const { rows } = await due.run((start) =>
        named('claim', sql.claimLines, { ...values, ...sinceOf(start) }),
      );
      return rows.map(readClaim);
    },
    reclaimExpired: async (route, token) => {
      const { expired } = scansOf(route);
      const { rows } = await expired.run((start) =>
        named('reclaim', sql.reclaimLines, { route, token, leaseMs, sinceMs: msSince(start) }),
      );
      return rows.map(readExpiredClaim);
    },
    settle: async (route, attempts) => {
      await named('settle', sql.settleAttempts, { route, ...columnsOf(attempts) });
    },
    settleWith: (route, attempt, statements) =>
      inTransaction(pool, async (client) => {
        const values = { route, ...columnsOf([attempt]) };
        const { rows } = await client.query(positional(sql.settleAttempts, values));
        if (numberIn(rows[0] ?? {}, 'count') === 0) return false;
        for (const { text, values } of statements) await runStatement(client, text, values);
        return true;
      }),
    nextDueIn: async (route, withinMs) => {
      const values = { route, withinMs, ...sinceOf(scansOf(route).due.start()) };
      return readDueTimes((await named('next due', sql.nextDueIn, values)).rows[0] ?? {});
    },
    open: async (route, callbacks) => {
      const values = {
        route,
        callbacks: callbacks.map(({ sequence }) => sequence),
        orderKeys: callbacks.map(({ orderKey }) => orderKey),
      };
      return numberIn((await named('open', sql.openDeliveries, values)).rows[0] ?? {}, 'count');
    },
    releaseDeferred: async (route, limit, since) => {
      const values = { route, limit, since: since ?? '-infinity' };
      const [row = {}] = (await named('release', sql.releaseDeferred, values)).rows;
      return numberIn(row, 'count') < limit ? undefined : dateIn(row, 'latest');
    },
    correctDueTimes: async (route, limit) => {
      const fresh = await named('correct fresh', sql.correctFresh, { route, limit });
      const deferred = await named('correct deferred', sql.correctDeferred, { route, limit });
      return (fresh.rowCount ?? 0) + (deferred.rowCount ?? 0);
    },
  };
}

function columnsOf(attempts: readonly SettledAttempt[]): Values {
  const column = (read: (attempt: SettledAttempt) => unknown) => attempts.map(read);
  return {
    orderKeys: column(({ orderKey }) => orderKey),
    tokens: column(({ token }) => token),
    callbacks: column(({ callback }) => callback),
    states: column(({ state }) => state),
    delays: column(({ delayMs }) => delayMs),
    outcomes: column(({ outcome }) => outcome ?? null),
  };
}

/** @throws StatementError if PostgreSQL refuses the statement. Other errors concern the connection or the server. */
async function runStatement(client: ClientBase, text: string, values: readonly unknown[]): Promise<void> {
  try {
    await client.query(text, [...values]);
  } catch (error) {
    const code = error instanceof DatabaseError ? error.code : undefined;
    throw code === undefined || /^(08|53|57|58|XX)/.test(code) ? error : new StatementError(code);
  }
}
