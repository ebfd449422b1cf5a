import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { Logger, run, runMigrations } from 'graphile-worker';
import { Pool } from 'pg';
import { better, defineQueue, defineWorker } from 'plainjob';
import { startPostgres } from '../../../internal/testing/src/postgres-cluster.ts';
import { createCallbackServer } from '../../../packages/callback-server/dist/index.js';
import type { Engine } from '../../../proofs/callback-server/databases/database.ts';
import { openDatabases } from '../../../proofs/callback-server/databases/open-databases.ts';
import { exampleCallback, merchantId } from '../../../proofs/callback-server/load/example-callback.ts';
import { token } from '../../../proofs/callback-server/server/server-process.ts';
import { fillBacklog } from './fill-backlog.ts';

/** Fills a queue with `count` jobs of 2.8 KB, and takes them without any work. Returns the taken jobs per second. */
type MeasureDrain = (count: number, maxSeconds: number) => Promise<number>;

/** The queues to compare, by their names in the table. */
export const drains: Readonly<Record<string, MeasureDrain>> = {
  'ours in order, PostgreSQL': ours('postgres'),
  'graphile-worker, a named queue per merchant': graphileWorker(true),
  'graphile-worker without order': graphileWorker(false),
  'ours in order, SQLite': ours('sqlite'),
  'plainjob without order, a flush per commit': plainjob('FULL'),
  'plainjob without order, as shipped': plainjob('NORMAL'),
};

function ours(engine: Engine): MeasureDrain {
  return async (count, maxSeconds) => {
    const databases = await openDatabases(engine);
    const database = await databases.create();
    await fillBacklog(databases, database, count);
    const server = await createCallbackServer({
      databaseUrl: database.url,
      callbackTokens: [token],
      port: 0,
      adminPort: 0,
    });
    const perSecond = await measure(count, maxSeconds, async (take) => {
      server.on('accept', take);
      await server.start();
      return async () => {
        await server.stop();
        return async () => {};
      };
    });
    await database.remove();
    await databases.remove();
    return perSecond;
  };
}

const unordered = {
  concurrentJobs: 128,
  maxPoolSize: 16,
  localQueue: { size: 200 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
};

const lockedJobs = 'SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL LIMIT 1';

function graphileWorker(isOrdered: boolean): MeasureDrain {
  return async (count, maxSeconds) => {
    const cluster = await startPostgres();
    const connectionString = await cluster.createDatabase();
    const logger = new Logger(() => () => {});
    await runMigrations({ connectionString, logger });
    const payload = exampleCallback(merchantId(0)).replaceAll("'", "''");
    const queue = isOrdered ? `'merchant ' || n` : 'NULL';
    await cluster.query(
      connectionString,
      `SELECT graphile_worker.add_job('take', '${payload}'::json, queue_name => ${queue})
      FROM generate_series(1, ${count}) AS n`,
    );
    await cluster.query(connectionString, 'VACUUM ANALYZE');
    const pgPool = new Pool({ connectionString, max: unordered.maxPoolSize });
    pgPool.on('error', () => {});
    const perSecond = await measure(count, maxSeconds, async (take) => {
      const worker = isOrdered ? { concurrentJobs: unordered.concurrentJobs } : unordered;
      const preset = { worker };
      const runner = await run({ pgPool, logger, noHandleSignals: true, taskList: { take }, preset });
      return async () => {
        // graphile-worker may not have stored the completions of the last batch yet.
        const deadline = performance.now() + 2000;
        while (!isOrdered && performance.now() < deadline)
          if ((await cluster.query(connectionString, lockedJobs)).length === 0) break;
        return () => runner.stop();
      };
    });
    await pgPool.end();
    await cluster.remove();
    return perSecond;
  };
}

function plainjob(synchronous: 'FULL' | 'NORMAL'): MeasureDrain {
  return async (count, maxSeconds) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'bench-plainjob-'));
    const database = new BetterSqlite3(join(folder.path, 'jobs.db'));
    const logger = { debug() {}, info() {}, warn() {}, error: console.error };
    const queue = defineQueue({ connection: better(database), logger });
    database.pragma(`synchronous = ${synchronous}`);
    const callback: unknown = JSON.parse(exampleCallback(merchantId(0)));
    queue.addMany('take', Array(count).fill(callback));
    const perSecond = await measure(count, maxSeconds, async (take) => {
      const worker = defineWorker('take', take, { queue, logger });
      const running = worker.start();
      return async () => {
        await worker.stop();
        await running;
        return async () => {};
      };
    });
    queue.close();
    return perSecond;
  };
}

/** Takes jobs until all are taken and recorded, or until the time is over. */
async function measure(
  count: number,
  maxSeconds: number,
  start: (take: () => void) => Promise<Recorded>,
): Promise<number> {
  const { promise: allTaken, resolve } = Promise.withResolvers<void>();
  let taken = 0;
  const startedAt = performance.now();
  const recorded = await start(() => {
    taken += 1;
    if (taken === count) resolve();
  });
  await Promise.race([allTaken, pause(maxSeconds * 1000, undefined, { ref: false })]);
  const takenInTime = taken;
  const stop = await recorded();
  const perSecond = takenInTime / ((performance.now() - startedAt) / 1000);
  await stop();
  return perSecond;
}

/** Resolves when the queue has recorded the taken jobs. The result is a function that ends the queue. */
type Recorded = () => Promise<() => Promise<unknown>>;
