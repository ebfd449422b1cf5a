import type { Pool } from 'pg';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { connectPostgres } from './connect-postgres.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { createPostgresCallbacks, createPostgresCommits } from './postgres-callbacks.ts';
import { createPostgresDeliveries } from './postgres-deliveries.ts';
import { createPostgresKeys } from './postgres-keys.ts';
import { createPostgresMaintenance } from './postgres-maintenance.ts';
import { createSession } from './postgres-session.ts';

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
  const commits = createPostgresCommits(pool, options);
  return {
    ...createPostgresCallbacks(session, commits),
    ...createPostgresDeliveries(session, options.leaseMs ?? 60_000),
    ...createPostgresKeys(session),
    ...createPostgresMaintenance(session),
    close: async () => {
      await commits.idle();
      await pool.end();
    },
  };
}

/** Reports a problem with the database at the start, instead of with the first callback. */
async function connectOnce(pool: Pool): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw error;
  }
}
