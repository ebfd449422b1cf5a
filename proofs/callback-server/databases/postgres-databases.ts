import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import type { Database, Databases } from './database.ts';

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
    receipts: async () => {
      const rows = await query(`
        SELECT encode(sha256(coalesce(differing_body, body)), 'hex') AS hash, count(*) AS count
        FROM receipts JOIN callbacks ON callbacks.sequence = callback_sequence GROUP BY 1`);
      return new Map(rows.map((row) => [String(row['hash']), Number(row['count'])]));
    },
    // Reads every row, and every page of every index.
    checkIntegrity: async () => {
      await query('CREATE EXTENSION IF NOT EXISTS amcheck');
      await query(`SELECT bt_index_check(indexrelid, true) FROM pg_index
        JOIN pg_class ON oid = indexrelid WHERE relnamespace = 'public'::regnamespace AND relam = 403`);
    },
    files: () =>
      readdirSync(cluster.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name)),
    remove: () => cluster.dropDatabase(url),
  };
}
