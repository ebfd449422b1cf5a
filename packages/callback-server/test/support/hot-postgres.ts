import { Client, type Pool } from 'pg';
import { expect, onTestFinished } from 'vitest';
import { sessionSettings } from '../../src/store/postgres/connect-postgres.ts';
import {
  createPostgresCallbacks,
  createPostgresCommits,
} from '../../src/store/postgres/postgres-callbacks.ts';
import { createPostgresDeliveries } from '../../src/store/postgres/postgres-deliveries.ts';
import { indexesOnly, noBitmaps } from '../../src/store/postgres/postgres-engine.ts';
import { createPostgresMerchants } from '../../src/store/postgres/postgres-merchants.ts';
import { createSession } from '../../src/store/postgres/postgres-session.ts';
import { createPostgresStats } from '../../src/store/postgres/postgres-stats.ts';
import { createRouteScans } from '../../src/store/postgres/route-scans.ts';
import { batch, type HotEngine, hotCalls, maxRead } from './hot-calls.ts';

/** Opens an engine on two connections, as the store does: one for callbacks that arrive, one for deliveries. */
export async function openHotEngine(url: string, planCacheMode: string) {
  const connect = async (settings: Readonly<Record<string, string>>) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    for (const [name, value] of Object.entries({
      ...sessionSettings,
      ...settings,
      plan_cache_mode: planCacheMode,
    }))
      await client.query(`SET ${name} = ${value}`);
    return client;
  };
  const clients = [await connect(noBitmaps), await connect(indexesOnly)];
  // The engine calls only `query`, which a client has too.
  const [receiving, dispatching] = clients as unknown as [Pool, Pool];
  const onFatal = (error: unknown) => {
    throw error;
  };
  const session = createSession(dispatching);
  const scansOf = createRouteScans();
  const callbacks = createPostgresCallbacks(
    createSession(receiving),
    createPostgresCommits(receiving, { onFatal }),
  );
  const engine: HotEngine & ReturnType<typeof createPostgresStats> = {
    ...createPostgresDeliveries(session, dispatching, scansOf, 0),
    ...createPostgresStats(session, scansOf),
    ...createPostgresMerchants(dispatching, createSession(receiving)),
    keep: callbacks.keep,
  };
  const inTransaction = async (run: () => Promise<void>) => {
    for (const client of clients) await client.query('BEGIN');
    await run();
    for (const client of clients) await client.query('ROLLBACK');
  };
  return { engine, list: callbacks.list, inTransaction, readCounts: () => readCounts(clients) };
}

/** What connections have read since the start of their transactions: pages, rows or index entries, and whole tables. */
async function readCounts(clients: readonly Client[]) {
  const totals = { pages: 0, rows: 0, wholeTables: 0 };
  for (const client of clients) {
    const { rows } = await client.query<typeof totals>(`
      SELECT sum(pg_stat_get_xact_blocks_fetched(oid))::float8 AS pages,
        sum(pg_stat_get_xact_tuples_returned(oid))::float8 AS rows,
        sum(pg_stat_get_xact_numscans(oid)) FILTER (
          WHERE relname ~ '^(callbacks|receipts|deliveries|lines|attempts|hashes)(_[0-9]+)?$')::float8 AS "wholeTables"
      FROM pg_class
      WHERE relnamespace = 'public'::regnamespace`);
    for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += rows[0]?.[name] ?? 0;
  }
  return totals;
}

export type OpenedEngine = Awaited<ReturnType<typeof openHotEngine>>;

/** Measures what a call reads. Call this in a transaction. */
export async function measureCall({ readCounts }: Pick<OpenedEngine, 'readCounts'>, call: () => unknown) {
  const before = await readCounts();
  await call();
  const { pages, rows, wholeTables } = await readCounts();
  return {
    pages: pages - before.pages,
    rows: rows - before.rows,
    wholeTables: wholeTables - before.wholeTables,
  };
}

export async function measureCalls({ engine, inTransaction, readCounts }: OpenedEngine) {
  const counts: Record<string, Awaited<ReturnType<typeof readCounts>>> = {};
  const calls = hotCalls(engine, async (name, call) => {
    counts[name] = await measureCall({ readCounts }, call);
  });
  for (const call of calls) await inTransaction(call);
  return counts;
}

/** A claim reads an entry of each partition for each line. */
export function expectBounded(counts: Awaited<ReturnType<typeof measureCalls>>, partitions = 1): void {
  for (const [name, { pages, rows, wholeTables }] of Object.entries(counts)) {
    expect(wholeTables, name).toBe(0);
    expect(rows, name).toBeLessThan(maxRead.rows + (partitions - 1) * batch);
    expect(pages, name).toBeLessThan(maxRead.pages);
  }
}
