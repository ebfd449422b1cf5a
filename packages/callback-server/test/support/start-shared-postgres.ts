import { startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import type { TestProject } from 'vitest/node';
import { migratePostgres } from '../../src/store/postgres/migrate-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly postgresFolder: string;
    readonly migratedDatabase: string;
  }
}

/** Starts the PostgreSQL that the test files share, and ends it after the last file. */
export default async function startSharedPostgres({ provide }: TestProject): Promise<() => Promise<void>> {
  const cluster = await startPostgres();
  const migrated = await cluster.createDatabase();
  await migratePostgres(migrated);
  provide('postgresFolder', cluster.folder);
  provide('migratedDatabase', migrated);
  return cluster.remove;
}
