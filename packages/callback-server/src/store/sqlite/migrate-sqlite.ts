import type { DatabaseSync } from 'node:sqlite';
import { assertKnownSchema, migrationFiles } from '../engine/migration-files.ts';

/**
 * Migrates a database to the schema of this version: all missing migrations or none.
 *
 * @throws Error if a newer version has migrated the database.
 */
export function migrateSqlite(database: DatabaseSync, schema: 'main' | 'keys'): void {
  const migrations = migrationFiles(schema === 'main' ? 'sqlite' : 'sqlite-keys');
  const version = Number(database.prepare(`PRAGMA ${schema}.user_version`).get()?.['user_version']);
  assertKnownSchema(version, migrations.length);
  // Writes nothing, so that a server can start on a full disk.
  if (version === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA ${schema}.user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
