import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { fillStatements } from '../support/backlog.ts';
import { backlogs, maxRead, retryStatements } from '../support/hot-calls.ts';
import {
  expectBounded,
  measureCall,
  measureCalls,
  type OpenedEngine,
  openHotEngine,
} from '../support/hot-postgres.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { listFilters, maxListed } from '../support/list-filters.ts';
import { month, storeStatements } from '../support/search-store.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
  // Autovacuum runs by chance. If it meets a fill that is not committed, PostgreSQL 18 believes that the table is empty.
  // PostgreSQL then checks foreign keys by any index until the next autovacuum. The tests collect their own statistics.
  const url = await cluster.createDatabase();
  await cluster.query(url, 'ALTER SYSTEM SET autovacuum = off');
  await cluster.query(url, 'SELECT pg_reload_conf()');
});
afterAll(() => cluster.remove());

/** Creates a database whose partitions, except the first one, hold one callback each. */
async function createPartitioned(partitions: number): Promise<string> {
  const url = await cluster.createDatabase();
  const store = await openStore(url, {
    onFatal: (error) => {
      throw error;
    },
  });
  // The first sequence numbers are for the callbacks that fill the first partition.
  await cluster.query(url, `SELECT setval('callback_sequence', 900000000000)`);
  for (let number = 1; number < partitions; number++) {
    await store.keep({ ...incoming(`partition ${number}`), receivedAt: new Date(month.end) }, []);
    await store.maintenance.beginPartition('a test');
  }
  await store.close();
  await cluster.query(url, 'VACUUM ANALYZE');
  return url;
}

/** Creates a database with waiting callbacks. The plans were made while the tables were empty, as for the first server. */
async function createFilled(waiting: number, partitions = 1) {
  const url = await createPartitioned(partitions);
  const generic = await openHotEngine(url, 'force_generic_plan');
  const custom = await openHotEngine(url, 'force_custom_plan');
  for (const engine of [generic, custom]) await measureCalls(engine);
  const ofBusy = Math.min(20_000, Math.floor(waiting / 5));
  await cluster.query(url, fillStatements('postgres', { waiting, ofBusy }));
  await cluster.query(url, retryStatements(`now() + interval '1 hour'`));
  return { url, generic, custom };
}

test.each(backlogs)(
  'PostgreSQL: with %i waiting deliveries, a call reads only what its rows need',
  async (waiting) => {
    const { generic, custom } = await createFilled(waiting);
    for (const engine of [generic, custom]) expectBounded(await measureCalls(engine));
  },
);

test.each(backlogs)(
  'PostgreSQL: with %i waiting deliveries in the oldest partition, a call reads little more',
  async (waiting) => {
    const { generic, custom } = await createFilled(waiting, 14);
    for (const engine of [generic, custom]) expectBounded(await measureCalls(engine), 14);
  },
);

const stored = backlogs.flatMap((count) => [1, 14].map((partitions) => [count, partitions] as const));

test.each(stored)(
  'PostgreSQL: with %i stored in %i partitions, a list reads as much as its rows need',
  async (count, partitions) => {
    // PostgreSQL believes that the tables are empty.
    const url = await createPartitioned(partitions);
    await cluster.query(url, storeStatements('postgres', { count }));
    const stale = await openHotEngine(url, 'auto');
    await measureLists(stale);
    await cluster.query(url, 'VACUUM ANALYZE');
    await measureLists(stale);
  },
);

async function measureLists({ list, inTransaction, readCounts }: OpenedEngine): Promise<void> {
  for (const [name, filter] of listFilters)
    await inTransaction(async () => {
      const { pages, rows, wholeTables } = await measureCall({ readCounts }, () => list(filter));
      expect(wholeTables, name).toBe(0);
      expect(rows, name).toBeLessThan(maxListed.rows);
      expect(pages, name).toBeLessThan(maxListed.pages);
    });
}

/** Waiting callbacks beside a long transaction: enough that a call which reads all of them is noticed. */
const largest = Math.max(10_000, ...backlogs);

/** Opens a transaction that sees the database as it is now, so that PostgreSQL keeps rows that are deleted later. */
async function beginLongTransaction(url: string): Promise<void> {
  const reader = new Client({ connectionString: url });
  await reader.connect();
  onTestFinished(() => reader.end());
  await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await reader.query('SELECT FROM lines LIMIT 1');
}

/** From now on no time passes. Otherwise each kind of scan reads all rows once a second. */
function stopWholeScans(): void {
  vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  onTestFinished(() => void vi.restoreAllMocks());
}

async function takeAll({ engine }: OpenedEngine, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const claims = await engine.claim('handler', { fresh: 100, retries: 10 }, 'token');
    const settled = claims.map(({ orderKey, token, callback }) => ({ orderKey, token, callback }));
    await engine.settle(
      'handler',
      settled.map((claim) => ({ ...claim, state: 'taken', delayMs: 0 })),
    );
  }
}

test('PostgreSQL: a claim skips what was settled while a long transaction is open', async () => {
  const { url, generic } = await createFilled(largest);
  await beginLongTransaction(url);
  stopWholeScans();
  await takeAll(generic, 40);
  // A takeover reads again what expired within the last second.
  const { reclaim, 'claim fresh': fresh, 'claim retries': retries, ...others } = await measureCalls(generic);
  expectBounded(others);
  // A claim reads again what was due within the last second.
  for (const counts of [fresh, retries]) expect(counts?.rows).toBeLessThan(2 * maxRead.rows);
});

test('PostgreSQL: a takeover skips what expired long ago while a long transaction is open', async () => {
  const { url, generic } = await createFilled(largest);
  await beginLongTransaction(url);
  await cluster.query(
    url,
    `UPDATE lines SET claim = 'old', leased_until = now() - interval '30 seconds';
    UPDATE lines SET claim = NULL, leased_until = NULL`,
  );
  await generic.engine.reclaimExpired('handler', 'token');
  stopWholeScans();
  const { engine, inTransaction } = generic;
  await inTransaction(async () =>
    expectBounded({ reclaim: await measureCall(generic, () => engine.reclaimExpired('handler', 'token')) }),
  );
});

test('PostgreSQL: stats skip what was settled before the last stats, beside a long transaction', async () => {
  const { url, generic } = await createFilled(largest);
  await cluster.query(
    url,
    'UPDATE lines SET next_at = (SELECT received_at FROM callbacks WHERE sequence = head), deferred_at = NULL',
  );
  await beginLongTransaction(url);
  await cluster.query(
    url,
    `UPDATE deliveries SET state = 'taken' WHERE callback_sequence <= ${0.8 * largest};
    DELETE FROM lines WHERE head <= ${0.8 * largest}`,
  );
  await takeAll(generic, 1);
  const { engine, inTransaction } = generic;
  await engine.routeNames();
  const { blockedMerchants, ...stats } = (await engine.routeStats('handler')) ?? { blockedMerchants: 0 };
  stopWholeScans();
  await inTransaction(async () => {
    const names = await measureCall(generic, async () =>
      expect(await engine.routeNames()).toEqual(['handler']),
    );
    const { rows, ...others } = await measureCall(generic, async () =>
      expect(await engine.routeStats('handler')).toEqual({ blockedMerchants, ...stats }),
    );
    // The stats also count blocked merchants, by one row each.
    expectBounded({ names, stats: { ...others, rows: rows - blockedMerchants } });
  });
});

/** All lines wait for retries, in an hour or later. */
const deferAll = `
  UPDATE lines SET attempts = 1, deferred_at = now(),
    next_at = now() + interval '1 hour' + head * interval '1 millisecond'`;

test('PostgreSQL: a release reads each line once, also beside a long transaction', async () => {
  const { url, generic } = await createFilled(largest);
  await cluster.query(url, deferAll);
  await beginLongTransaction(url);
  const { engine, inTransaction } = generic;
  await inTransaction(async () => {
    let since: Date | undefined;
    do {
      const { rows } = await measureCall(generic, async () => {
        since = await engine.releaseDeferred('handler', 1000, since);
      });
      expect(rows).toBeLessThan(5000);
    } while (since);
  });
});

test('PostgreSQL: retries of an outage that has ended cost nothing beside a long transaction', async () => {
  const { url, generic } = await createFilled(largest);
  await cluster.query(url, deferAll);
  // Removes the former versions of the lines.
  await cluster.query(url, 'VACUUM lines');
  await beginLongTransaction(url);
  await cluster.query(url, 'DELETE FROM lines');
  const { engine, inTransaction } = generic;
  await inTransaction(async () =>
    expectBounded({ 'next due': await measureCall(generic, () => engine.nextDueIn('handler', 5000)) }),
  );
});
