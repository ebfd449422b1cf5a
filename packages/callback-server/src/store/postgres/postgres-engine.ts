import type { Pool } from 'pg';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { connectPostgres } from './connect-postgres.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { createPostgresCallbacks, createPostgresCommits } from './postgres-callbacks.ts';
import { createPostgresKeys } from './postgres-keys.ts';
import { createPostgresMaintenance } from './postgres-maintenance.ts';
import type { Query, Row } from './postgres-query.ts';

/**
 * Keeps callbacks in PostgreSQL, for any number of processes. What waits at the same time shares one commit.
 *
 * @throws Error where the database cannot be reached or cannot be trusted.
 */
export async function openPostgresEngine(url: string, options: StoreOptions): Promise<StoreEngine> {
  await migratePostgres(url);
  const pool = connectPostgres(url);
  await connectOnce(pool);
  const query: Query = async (text, values = []) => (await pool.query<Row>(text, [...values])).rows;
  const commits = createPostgresCommits(pool, options);
  return {
    ...createPostgresCallbacks(query, commits, options.leaseMs ?? 60_000),
    ...createPostgresKeys(query),
    ...createPostgresMaintenance(query),
    close: async () => {
      await commits.idle();
      await pool.end();
    },
  };
}

/** Has what is wrong with the database show now, and not with the first callback. */
async function connectOnce(pool: Pool): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw error;
  }
}
