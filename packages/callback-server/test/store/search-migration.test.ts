import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { migrationFiles } from '../../src/store/engine/migration-files.ts';
import { migratePostgres } from '../../src/store/postgres/migrate-postgres.ts';
import { postgres } from '../support/shared-postgres.ts';

const beforehand = readFileSync(new URL('indexes-beforehand.sql', import.meta.url), 'utf8');

const indexes = `
  SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('callbacks', 'confirmations') ORDER BY indexname`;

test('PostgreSQL: indexes that were created before the migration equal the indexes of the migration', async () => {
  const [fresh, old] = [await postgres.createDatabase(), await postgres.createDatabase()];
  await migratePostgres(fresh);

  const migrations = migrationFiles('postgres');
  const version = migrations.findIndex((text) => text.includes('callbacks_of_words'));
  for (const text of migrations.slice(0, version)) await postgres.query(old, text);
  await postgres.query(old, `CREATE TABLE schema_version AS SELECT ${version} AS version`);
  // One statement at a time, because CONCURRENTLY needs a transaction of its own.
  for (const statement of beforehand.split(';').slice(0, -1)) await postgres.query(old, statement);
  const created = (await postgres.query(old, indexes)).map(({ indexname }) => indexname);
  await migratePostgres(old);
  const migrated = await postgres.query(old, indexes);
  expect(migrated).toEqual(await postgres.query(fresh, indexes));
  expect(migrated.every(({ indexname }) => created.includes(indexname))).toBe(true);
});
