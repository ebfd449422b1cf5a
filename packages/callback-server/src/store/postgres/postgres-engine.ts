import type { Pool } from 'pg';
import { createSharedMethods, type SharedEngine } from '../engine/shared-operations.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { assertRights } from './assert-rights.ts';
import { connectPostgres } from './connect-postgres.ts';
import { startError } from './connection-error.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { createPostgresCallbacks, createPostgresCommits } from './postgres-callbacks.ts';
import { clientOptions } from './postgres-client.ts';
import { createPostgresDeliveries } from './postgres-deliveries.ts';
import { createPostgresKeys } from './postgres-keys.ts';
import { createPostgresMaintenance } from './postgres-maintenance.ts';
import { createPostgresMerchants } from './postgres-merchants.ts';
import { createPostgresPartitions } from './postgres-partitions.ts';
import { createSession } from './postgres-session.ts';
import { createPostgresStats } from './postgres-stats.ts';
import { createRouteScans } from './route-scans.ts';

/**
 * Stores callbacks in PostgreSQL, for any number of processes. Callbacks that arrive at the same time share one commit.
 *
 * @throws Error if the database cannot be reached or cannot be trusted.
 */
export async function openPostgresEngine(url: string, options: StoreOptions): Promise<StoreEngine> {
  const pool = await openPool(url, options);
  const session = createSession(pool);
  const dispatchPool = connectPostgres(url, indexesOnly);
  // Statements of handlers may wait for locks. Receiving does not wait with them.
  const handlerPool = connectPostgres(url);
  const dispatchSession = createSession(dispatchPool);
  const scansOf = createRouteScans();
  const commits = createPostgresCommits(pool, options);
  const shared = createSharedMethods(async ({ text, toResult }, values) => {
    const { rows, rowCount } = await session.query(text, values);
    return toResult(rows, rowCount ?? 0);
  }) as SharedEngine;
  return {
    ...shared,
    ...createPostgresCallbacks(session, commits),
    ...createPostgresDeliveries(dispatchSession, handlerPool, scansOf, options.leaseMs ?? 60_000),
    ...createPostgresStats(dispatchSession, scansOf),
    ...createPostgresMerchants(handlerPool, session),
    ...createPostgresKeys(pool, session),
    ...createPostgresMaintenance(pool, session),
    partitions: createPostgresPartitions(pool, session),
    close: async () => {
      await commits.close();
      await Promise.all([pool.end(), dispatchPool.end(), handlerPool.end()]);
    },
  };
}

/** A list stops reading at its last row. A bitmap scan, which PostgreSQL prefers for few rows, would read further rows. */
export const noBitmaps = { enable_bitmapscan: 'off' };

/**
 * Deliveries are found by index, however many wait. A plan that was made while the tables were small, or before
 * PostgreSQL has counted their rows, would otherwise read them whole, or sort them.
 */
export const indexesOnly = {
  ...noBitmaps,
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_sort: 'off',
  enable_incremental_sort: 'off',
};

/** Reports a problem with the database at the start, instead of with the first callback. */
async function openPool(url: string, options: StoreOptions): Promise<Pool> {
  const pool = connectPostgres(url, noBitmaps);
  try {
    await migratePostgres(url, options);
    await assertRights(pool);
    return pool;
  } catch (error) {
    await pool.end();
    throw postgresStartError(url, error);
  }
}

/**
 * Describes an error of the statements that a start runs: a driver's message leaves out the setting, and what to do.
 */
export function postgresStartError(url: string, error: unknown): unknown {
  return startError(error, clientOptions(url).query_timeout);
}
