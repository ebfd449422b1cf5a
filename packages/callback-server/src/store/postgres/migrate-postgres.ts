import { Client } from 'pg';
import { assertKnownSchema, migrationFiles } from '../engine/migration-files.ts';

/** Any number that nobody else locks in this database. */
const lock = 4_020_402_104;

/**
 * Brings a database to the schema of this version, by the migrations that it lacks, all or nothing. Several may start at
 * a time: one migrates, and the others wait for it.
 *
 * @throws Error for a database of a newer version.
 */
export async function migratePostgres(url: string): Promise<void> {
  const migrations = migrationFiles('postgres');
  // Without the limits of the others, because a migration takes its time.
  const client = new Client({ connectionString: url, application_name: 'callback-server migrate' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)');
    const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version');
    const version = rows[0]?.version ?? 0;
    assertKnownSchema(version, migrations.length);
    for (const migration of migrations.slice(version)) await client.query(migration);
    await client.query('DELETE FROM schema_version');
    await client.query('INSERT INTO schema_version VALUES ($1)', [migrations.length]);
    await client.query('COMMIT');
  } finally {
    // What was not committed is undone.
    await client.end();
  }
}
