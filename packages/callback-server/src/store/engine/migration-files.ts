import { readdirSync, readFileSync } from 'node:fs';
import { packageFile } from '../../package/package-file.ts';

/** The numbered migrations of a database, in order. The schema version is the number of migrations that were run. */
export function migrationFiles(database: 'sqlite' | 'sqlite-keys' | 'postgres'): string[] {
  const own = packageFile(`migrations/${database}/`);
  return readdirSync(own)
    .filter((name) => /^\d{6}_\w+\.sql$/.test(name))
    .sort()
    .map((name) => readFileSync(new URL(name, own), 'utf8'));
}

/** @throws Error if a newer version has migrated the database. */
export function assertKnownSchema(version: number, known: number): void {
  if (version > known)
    throw new Error(
      `The database has schema ${version}, but this version knows schemas up to ${known}. Run the version that migrated the database, or a newer version.`,
    );
}
