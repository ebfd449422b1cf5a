import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { Client, type Pool } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { sessionSettings } from '../../src/store/postgres/connect-postgres.ts';
import { migratePostgres } from '../../src/store/postgres/migrate-postgres.ts';
import {
  createPostgresCallbacks,
  createPostgresCommits,
} from '../../src/store/postgres/postgres-callbacks.ts';
import { createPostgresDeliveries } from '../../src/store/postgres/postgres-deliveries.ts';
import { indexesOnly } from '../../src/store/postgres/postgres-engine.ts';
import { createSession } from '../../src/store/postgres/postgres-session.ts';
import { fillStatements } from '../support/backlog.ts';
import { backlogs, type HotEngine, hotCalls, maxRead, retryStatements } from '../support/hot-calls.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.remove());

/** Opens an engine on two connections, as the store does: one for callbacks that arrive, one for deliveries. */
async function openHotEngine(url: string, planCacheMode: string) {
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
  const clients = [await connect({}), await connect(indexesOnly)];
  // The engine calls only `query`, which a client has too.
  const [receiving, dispatching] = clients as unknown as [Pool, Pool];
  const onFatal = (error: unknown) => {
    throw error;
  };
  const engine: HotEngine = {
    ...createPostgresDeliveries(createSession(dispatching), dispatching, 0),
    keep: createPostgresCallbacks(createSession(receiving), createPostgresCommits(receiving, { onFatal }))
      .keep,
  };
  const inTransaction = async (run: () => Promise<void>) => {
    for (const client of clients) await client.query('BEGIN');
    await run();
    for (const client of clients) await client.query('ROLLBACK');
  };
  return { engine, inTransaction, readCounts: () => readCounts(clients) };
}

/** What connections have read since the start of their transactions: pages, rows or index entries, and whole tables. */
async function readCounts(clients: readonly Client[]) {
  const totals = { pages: 0, rows: 0, wholeTables: 0 };
  for (const client of clients) {
    const { rows } = await client.query<typeof totals>(`
      SELECT sum(pg_stat_get_xact_blocks_fetched(oid))::float8 AS pages,
        sum(pg_stat_get_xact_tuples_returned(oid))::float8 AS rows,
        sum(pg_stat_get_xact_numscans(oid)) FILTER (
          WHERE relname IN ('callbacks', 'receipts', 'deliveries', 'lines', 'attempts'))::float8 AS "wholeTables"
      FROM pg_class
      WHERE relnamespace = 'public'::regnamespace`);
    for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += rows[0]?.[name] ?? 0;
  }
  return totals;
}

async function measureCalls({
  engine,
  inTransaction,
  readCounts,
}: Awaited<ReturnType<typeof openHotEngine>>) {
  const counts: Record<string, Awaited<ReturnType<typeof readCounts>>> = {};
  const calls = hotCalls(engine, async (name, call) => {
    const before = await readCounts();
    await call();
    const { pages, rows, wholeTables } = await readCounts();
    counts[name] = {
      pages: pages - before.pages,
      rows: rows - before.rows,
      wholeTables: wholeTables - before.wholeTables,
    };
  });
  for (const call of calls) await inTransaction(call);
  return counts;
}

/** Creates a database with waiting callbacks. The plans were made while the tables were empty, as for the first server. */
async function createFilled(waiting: number) {
  const url = await cluster.createDatabase();
  await migratePostgres(url);
  await cluster.query(url, 'VACUUM ANALYZE');
  const generic = await openHotEngine(url, 'force_generic_plan');
  const custom = await openHotEngine(url, 'force_custom_plan');
  for (const engine of [generic, custom]) await measureCalls(engine);
  const ofBusy = Math.min(20_000, Math.floor(waiting / 5));
  await cluster.query(url, fillStatements('postgres', { waiting, ofBusy }));
  await cluster.query(url, retryStatements(`now() + interval '1 hour'`));
  return { url, generic, custom };
}

function expectBounded(counts: Awaited<ReturnType<typeof measureCalls>>): void {
  for (const [name, { pages, rows, wholeTables }] of Object.entries(counts)) {
    expect(wholeTables, name).toBe(0);
    expect(rows, name).toBeLessThan(maxRead.rows);
    expect(pages, name).toBeLessThan(maxRead.pages);
  }
}

test.each(backlogs)('PostgreSQL: with %i waiting, a call reads as much as its rows need', async (waiting) => {
  const { generic, custom } = await createFilled(waiting);
  for (const engine of [generic, custom]) expectBounded(await measureCalls(engine));
});

test('PostgreSQL: a claim skips what was settled while a long transaction is open', async () => {
  const { url, generic } = await createFilled(10_000);
  const reader = new Client({ connectionString: url });
  await reader.connect();
  onTestFinished(() => reader.end());
  await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await reader.query('SELECT FROM lines LIMIT 1');
  // A claim reads everything once a second.
  vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  onTestFinished(() => void vi.restoreAllMocks());
  for (let round = 0; round < 40; round++) {
    const claims = await generic.engine.claim('handler', { fresh: 100, retries: 10 }, 'token');
    const settled = claims.map(({ orderKey, token, callback }) => ({ orderKey, token, callback }));
    await generic.engine.settle(
      'handler',
      settled.map((claim) => ({ ...claim, state: 'taken', delayMs: 0 })),
    );
  }
  const { reclaim, 'claim fresh': fresh, 'claim retries': retries, ...others } = await measureCalls(generic);
  expectBounded(others);
  // A claim reads again what was due within the last second.
  for (const counts of [fresh, retries]) expect(counts?.rows).toBeLessThan(2 * maxRead.rows);
});
