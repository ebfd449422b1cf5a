import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { type Database, type Databases, selectBodies } from './database.ts';

/** Starts a PostgreSQL server for the databases. */
export async function openPostgresDatabases(): Promise<Databases> {
  const cluster = await startPostgres();
  return {
    create: async () => postgresDatabase(cluster, await cluster.createDatabase()),
    remove: () => cluster.remove(),
    cluster,
  };
}

function postgresDatabase(cluster: PostgresCluster, url: string): Database {
  const query = (text: string) => cluster.query(url, text);
  return {
    url,
    storedMerchants: async () => {
      const rows = await query('SELECT merchant FROM callbacks');
      return new Set(rows.map((row) => String(row['merchant'])));
    },
    receivedBodies: async () => (await query(selectBodies)).map((row) => row['body'] as Uint8Array),
    // Reads every row, and every page of every index.
    checkIntegrity: async () => {
      await query('CREATE EXTENSION IF NOT EXISTS amcheck');
      await query(`SELECT bt_index_check(indexrelid, true) FROM pg_index
        JOIN pg_class ON oid = indexrelid WHERE relnamespace = 'public'::regnamespace AND relam = 403 AND relkind = 'i'`);
    },
    files: () =>
      readdirSync(cluster.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name)),
    remove: () => cluster.dropDatabase(url),
  };
}
