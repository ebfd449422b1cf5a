import type { Pool } from 'pg';
import { migrationFiles } from '../engine/migration-files.ts';
import { PostgresConnectionError } from './connection-error.ts';

/** @throws Error if the role may not use a table or a sequence of the schema, naming what lacks a grant. */
export async function assertRights(pool: Pool): Promise<void> {
  const migrations = migrationFiles('postgres').join('\n');
  const { rows } = await pool.query<{ name: string }>(withoutRights, [
    namesOf(migrations, 'TABLE'),
    namesOf(migrations, 'SEQUENCE'),
  ]);
  if (rows.length > 0)
    throw new PostgresConnectionError(missingRights(rows.map(({ name }) => name)), '42501');
}

export function missingRights(names: readonly string[]): string {
  return `The user in DATABASE_URL lacks rights on ${names.join(', ')}. Grant SELECT, INSERT, UPDATE and DELETE on the tables, and USAGE on the sequences, as the owner of the tables.`;
}

/** A later migration may have dropped or renamed a table or sequence: names that do not exist are left out. */
const withoutRights = `
  SELECT name FROM unnest($1::text[]) AS name
  WHERE to_regclass(name) IS NOT NULL AND NOT (
    has_table_privilege(to_regclass(name), 'SELECT') AND has_table_privilege(to_regclass(name), 'INSERT')
    AND has_table_privilege(to_regclass(name), 'UPDATE') AND has_table_privilege(to_regclass(name), 'DELETE'))
  UNION ALL
  SELECT name FROM unnest($2::text[]) AS name
  WHERE to_regclass(name) IS NOT NULL AND NOT has_sequence_privilege(to_regclass(name), 'USAGE')`;

function namesOf(migrations: string, kind: 'TABLE' | 'SEQUENCE'): string[] {
  const created = migrations.matchAll(new RegExp(`^CREATE ${kind} (\\w+)`, 'gm'));
  return [...new Set([...created].map(([, name = '']) => name))];
}
