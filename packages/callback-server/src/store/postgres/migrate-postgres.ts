import { Client } from 'pg';
import { assertKnownSchema, migrationFiles } from '../engine/migration-files.ts';

/** Key of the advisory lock: any number that nothing else locks in this database. */
const lockKey = 4_020_402_104;

/**
 * Migrates a database to the schema of this version: all missing migrations or none. If several processes start at the
 * same time, one migrates and the others wait.
 *
 * @throws Error if a newer version has migrated the database.
 */
export async function migratePostgres(url: string): Promise<void> {
  const migrations = migrationFiles('postgres');
  // Without timeouts: a migration may take long.
  const client = new Client({ connectionString: url, application_name: 'callback-server migrate' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)');
    const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version');
    const version = rows[0]?.version ?? 0;
    assertKnownSchema(version, migrations.length);
    for (const migration of migrations.slice(version)) await client.query(migration);
    await client.query('DELETE FROM schema_version');
    await client.query('INSERT INTO schema_version VALUES ($1)', [migrations.length]);
    await client.query('COMMIT');
  } finally {
    // Without a COMMIT, the end of the connection rolls everything back.
    await client.end();
  }
}
