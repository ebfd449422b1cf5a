import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

const folder = new URL('../../migrations/sqlite/', import.meta.url);

/**
 * Brings a database to the schema of this version, by the numbered files that it lacks, all or nothing.
 *
 * @throws Error for a database of a newer version.
 */
export function migrate(database: DatabaseSync): void {
  const files = readdirSync(folder)
    .filter((name) => /^\d{6}_\w+\.sql$/.test(name))
    .sort();
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > files.length)
    throw new Error(
      `The database has schema ${version}, and this version knows ${files.length}. Run the version that wrote it, or a newer one.`,
    );
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const file of files.slice(version)) database.exec(readFileSync(new URL(file, folder), 'utf8'));
    database.exec(`PRAGMA user_version = ${files.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
