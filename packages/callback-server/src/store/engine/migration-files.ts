import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../../migrations/', import.meta.url);

/** The numbered migrations of a kind of database, in their order. The schema's version is how many of them were run. */
export function migrationFiles(engine: 'sqlite' | 'sqlite-keys' | 'postgres'): string[] {
  const own = new URL(`${engine}/`, folder);
  return readdirSync(own)
    .filter((name) => /^\d{6}_\w+\.sql$/.test(name))
    .sort()
    .map((name) => readFileSync(new URL(name, own), 'utf8'));
}

/** @throws Error for a database that a newer version has written. */
export function assertKnownSchema(version: number, known: number): void {
  if (version > known)
    throw new Error(
      `The database has schema ${version}, and this version knows ${known}. Run the version that wrote it, or a newer one.`,
    );
}
