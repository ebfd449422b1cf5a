import type { ClientBase, Pool, QueryConfig } from 'pg';
import { dateIn, numberIn, type Row, readClaim, readClaimedLine, readDueTimes } from '../engine/read-rows.ts';
import type { ConfirmedAttempt, SettledAttempt, Statement } from '../engine/records.ts';
import { StatementError } from '../engine/statement-error.ts';
import type { DeliveryEngine } from '../engine/store-engine.ts';
import { resetSession } from './connect-postgres.ts';
import * as sql from './delivery-statements.ts';
import { deliveriesToGiveUp, giveUpRoute, lockCallbacks } from './give-up-statements.ts';
import { inTransaction } from './in-transaction.ts';
import { lockRouteLines } from './line-statements.ts';
import { createSession, type PostgresSession, positional, type Values } from './postgres-session.ts';
import { msSince, type RouteScans, sinceOf } from './route-scans.ts';
import { sqlstateOf } from './sqlstate-of.ts';

/**
 * @param session - Uses indexes only. Each statement is planned once per connection, perhaps while the tables are empty.
 * @param pool - Runs the statements of handlers.
 */
export function createPostgresDeliveries(
  { named, all }: PostgresSession,
  pool: Pool,
  scansOf: RouteScans,
  leaseMs: number,
): DeliveryEngine {
  return {
    claim: async (route, limits, token) => {
      const { due } = scansOf(route);
      const values = { route, ...limits, token, leaseMs };
      const isExcluding = limits.excluded && limits.excluded.length > 0;
      const [name, text] = isExcluding
        ? ['claim but excluded', sql.claimLinesButExcluded]
        : ['claim', sql.claimLines];
      const { rows } = await due.run((start) => named(name, text, { ...values, ...sinceOf(start) }));
      return rows.map(readClaim);
    },
    claimUnread: async (route, { fresh, retries, excluded = [] }, token) => {
      const values = { route, fresh, retries, excluded, token, leaseMs, ...sinceOf() };
      return (await all(sql.claimUnread, values)).map(readClaimedLine);
    },
    reclaimExpired: async (route, token) => {
      const { expired } = scansOf(route);
      const { rows } = await expired.run((start) =>
        named('reclaim', sql.reclaimLines, { route, token, leaseMs, sinceMs: msSince(start) }),
      );
      return rows.map(readClaimedLine);
    },
    settle: async (route, attempts) =>
      areHeld(attempts, await named('settle', sql.settleAttempts, { route, ...columnsOf(attempts) })),
    settleConfirmed: async (route, attempts, prompt) => {
      const values = { route, ...columnsOf(attempts), ...confirmedColumnsOf(attempts), prompt };
      return areHeld(attempts, await named('settle confirmed', sql.settleConfirmed, values));
    },
    settleWith: (route, attempt, statements) =>
      heldOrFalse(inTransaction(pool, (client) => writeAndSettle(client, route, attempt, statements))),
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
    giveUp: (route, chosen) =>
      inTransaction(pool, (client) => giveUpDeliveries(createSession(client), route, chosen)),
    releaseDeferred: async (route, limit, since) => {
      const values = { route, limit, since: since ?? '-infinity' };
      const [row = {}] = (await named('release', sql.releaseDeferred, values)).rows;
      return numberIn(row, 'count') < limit ? undefined : dateIn(row, 'latest');
    },
    correctDueTimes: (route, limit) => correctDueTimes(named, { route, limit }),
  };
}

async function correctDueTimes(named: PostgresSession['named'], values: Values): Promise<number> {
  const fresh = await named('correct fresh', sql.correctFresh, values);
  const deferred = await named('correct deferred', sql.correctDeferred, values);
  const leases = await named('correct leases', sql.correctLeases, values);
  return (fresh.rowCount ?? 0) + (deferred.rowCount ?? 0) + (leases.rowCount ?? 0);
}

async function giveUpDeliveries(
  { run, all, one }: Pick<PostgresSession, 'run' | 'all' | 'one'>,
  route: string,
  chosen: Parameters<DeliveryEngine['giveUp']>[1],
): Promise<number> {
  const callbacks =
    typeof chosen === 'number'
      ? await all(deliveriesToGiveUp, { route, limit: chosen })
      : await all(lockCallbacks, { sequences: chosen });
  const sequences = callbacks.map((row) => numberIn(row, 'sequence'));
  await run(lockRouteLines, { route, sequences });
  return numberIn((await one(giveUpRoute, { route, sequences })) ?? {}, 'count');
}

/** Resolves to whether the claim was still held until the commit. */
async function heldOrFalse(settled: Promise<void>): Promise<boolean> {
  try {
    await settled;
    return true;
  } catch (error) {
    if (error instanceof LostClaimError) return false;
    throw error;
  }
}

/** @throws LostClaimError if the claim is no longer held. */
async function writeAndSettle(
  client: ClientBase,
  route: string,
  attempt: SettledAttempt,
  statements: readonly Statement[],
): Promise<void> {
  // In the extended mode, PostgreSQL refuses a text with several statements. Otherwise it would run all, even a COMMIT.
  for (const { text, values } of statements)
    await runStatement(client, { text, values: [...values], queryMode: 'extended' });
  // A constraint that would fail at the commit fails here, as a failed statement.
  await runStatement(client, { text: resetSession });
  // Last, because it locks the merchant's line, for which receiving waits.
  const values = { route, ...columnsOf([attempt]) };
  const { rows } = await client.query(positional(sql.settleAttempts, values));
  if (rows.length === 0) throw new LostClaimError();
}

/** Another server has taken the claim over, so the transaction is rolled back. */
class LostClaimError extends Error {
  override readonly name = 'LostClaimError';
}

/** Whether each claim was still held. */
function areHeld(
  attempts: readonly SettledAttempt[],
  { rows }: { readonly rows: readonly Row[] },
): boolean[] {
  const positions = new Set(rows.map((row) => numberIn(row, 'position')));
  return attempts.map((_, index) => positions.has(index + 1));
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

function confirmedColumnsOf(attempts: readonly ConfirmedAttempt[]): Values {
  return {
    confirmations: attempts.map(({ confirmation }) => confirmation),
    pulled: attempts.map(({ pulled }) => pulled),
    routes: attempts.map(({ targets }) => targets.map((target) => target.route).join(',')),
    // No order key has a comma.
    routeKeys: attempts.map(({ targets }) => targets.map((target) => target.orderKey).join(',')),
  };
}

/** @throws StatementError if PostgreSQL refuses the statement. Other errors: the connection is lost, or the server is full. */
async function runStatement(
  client: ClientBase,
  query: QueryConfig & { readonly queryMode?: 'extended' },
): Promise<void> {
  try {
    await client.query(query);
  } catch (error) {
    const code = sqlstateOf(error);
    throw code === undefined || /^(53|57P)/.test(code) ? error : new StatementError(code);
  }
}
