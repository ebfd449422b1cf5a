import type { Pool } from 'pg';
import { createSharedMethods, type SharedEngine } from '../engine/shared-operations.ts';
import { addDataKey } from '../engine/shared-statements.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { connectPostgres } from './connect-postgres.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { createPostgresCallbacks, createPostgresCommits } from './postgres-callbacks.ts';
import { createPostgresDeliveries } from './postgres-deliveries.ts';
import { createPostgresMaintenance } from './postgres-maintenance.ts';
import { createSession } from './postgres-session.ts';
import { replaceDataKeys } from './statements.ts';

/**
 * Stores callbacks in PostgreSQL, for any number of processes. Callbacks that arrive at the same time share one commit.
 *
 * @throws Error if the database cannot be reached or cannot be trusted.
 */
export async function openPostgresEngine(url: string, options: StoreOptions): Promise<StoreEngine> {
  await migratePostgres(url);
  const pool = connectPostgres(url);
  await connectOnce(pool);
  const session = createSession(pool);
  const dispatchPool = connectPostgres(url, indexesOnly);
  const commits = createPostgresCommits(pool, options);
  const shared = createSharedMethods(async ({ text, toResult }, values) => {
    const { rows, rowCount } = await session.query(text, values);
    return toResult(rows, rowCount ?? 0);
  }) as SharedEngine;
  return {
    ...shared,
    ...createPostgresCallbacks(session, commits),
    ...createPostgresDeliveries(createSession(dispatchPool), options.leaseMs ?? 60_000),
    addDataKey: async (owner, key, now) => {
      await session.run(addDataKey, { ...key, owner, madeAt: now });
      return (await shared.dataKeyOf(owner)) ?? key;
    },
    replaceDataKeys: async (keys) => {
      await session.run(replaceDataKeys, {
        ids: keys.map(({ id }) => id),
        masterKeys: keys.map(({ masterKey }) => masterKey),
        wrapped: keys.map(({ wrapped }) => wrapped),
      });
    },
    ...createPostgresMaintenance(session),
    close: async () => {
      await commits.close();
      await Promise.all([pool.end(), dispatchPool.end()]);
    },
  };
}

/**
 * Deliveries are found by index, however many wait. A plan that was made while the tables were small, or before
 * PostgreSQL has counted their rows, would otherwise read them whole, or sort them.
 */
export const indexesOnly = {
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_sort: 'off',
  enable_incremental_sort: 'off',
};

/** Reports a problem with the database at the start, instead of with the first callback. */
async function connectOnce(pool: Pool): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw error;
  }
}
