import type { QueryConfig } from 'pg';
import { assertKnownSchema, migrationFiles } from '../engine/migration-files.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { missingRights } from './assert-rights.ts';
import { PostgresConnectionError } from './connection-error.ts';
import { clientOptions, PostgresClient } from './postgres-client.ts';
import { schemaLock } from './schema-lock.ts';
import { sqlstateOf } from './sqlstate-of.ts';

/** A migration may rewrite large tables. */
const migrationMs = 24 * 3_600_000;

const lockNotAvailable = '55P03';
const insufficientPrivilege = '42501';
const invalidSchemaName = '3F000';

type MigrationOptions = Pick<StoreOptions, 'access' | 'maxLockWaitMs' | 'onNotice'>;

/**
 * Migrates a database to the schema of this version: all missing migrations or none. If several processes start at the
 * same time, one migrates and the others wait. If no migration is missing, only reads the version: that needs no right to
 * create anything, and no lock.
 *
 * @throws Error if a newer version has migrated the database, if the role may not migrate it, or if another process holds
 * a lock for too long.
 */
export async function migratePostgres(url: string, options: MigrationOptions = {}): Promise<void> {
  const migrations = migrationFiles('postgres');
  const client = new PostgresClient(clientOptions(url, 'callback-server migrate'));
  await client.connect();
  try {
    const version = await schemaVersion(client);
    assertKnownSchema(version, migrations.length);
    if (version === migrations.length) return;
    assertMayMigrate(version, migrations.length, options);
    await migrate(client, migrations, options).catch((error: unknown) => {
      throw describe(error, version, migrations.length, options);
    });
  } finally {
    // Without a COMMIT, the end of the connection rolls everything back.
    await client.end();
  }
}

/** A command that needs stored callbacks must not succeed on a database that a wrong name leads to. */
function assertMayMigrate(version: number, known: number, { access = 'create' }: MigrationOptions): void {
  if (access === 'create') return;
  throw new PostgresConnectionError(
    version === 0
      ? 'DATABASE_URL names a database that holds no callbacks. Check its name and its schema. Only `serve` and `migrate` create the tables.'
      : `The database at DATABASE_URL has schema ${version}, and this version needs schema ${known}. Run \`callback-server migrate\` first.`,
  );
}

async function migrate(
  client: PostgresClient,
  migrations: readonly string[],
  options: MigrationOptions,
): Promise<void> {
  await client.query('BEGIN');
  await lock(client, options);
  // Another process may have migrated meanwhile.
  const version = await schemaVersion(client);
  assertKnownSchema(version, migrations.length);
  await client.query('CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)');
  for (const migration of migrations.slice(version)) await runLong(client, migration);
  await client.query('DELETE FROM schema_version');
  await client.query('INSERT INTO schema_version VALUES ($1)', [migrations.length]);
  await runLong(client, 'COMMIT');
}

/** Waits for the migration of another process, and says so. */
async function lock(client: PostgresClient, { maxLockWaitMs = 30_000, onNotice }: MigrationOptions) {
  // Also limits the wait of each migration for the locks of a running server.
  await client.query(`SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = ${maxLockWaitMs}`);
  const { rows } = await client.query('SELECT pg_try_advisory_xact_lock($1) AS is_locked', [schemaLock]);
  if (rows[0]?.['is_locked']) return;
  onNotice?.({ code: 'WAITS_FOR_MIGRATION', milliseconds: maxLockWaitMs });
  await runLong(client, `SELECT pg_advisory_xact_lock(${schemaLock})`);
}

function runLong(client: PostgresClient, text: string) {
  const query: QueryConfig & { query_timeout: number } = { text, query_timeout: migrationMs };
  return client.query(query);
}

/** Reads the catalog itself: `to_regclass` would not see a table that another process has just created. */
const findVersionTable = `
  SELECT FROM pg_class WHERE relname = 'schema_version' AND relkind = 'r' AND pg_table_is_visible(oid)`;

/** 0 for a database without a schema. */
async function schemaVersion(client: PostgresClient): Promise<number> {
  const { rowCount } = await client.query(findVersionTable);
  if (rowCount === 0) return 0;
  try {
    const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version');
    return rows[0]?.version ?? 0;
  } catch (error) {
    if (sqlstateOf(error) !== insufficientPrivilege) throw error;
    throw new PostgresConnectionError(missingRights(['schema_version']), insufficientPrivilege);
  }
}

function describe(
  error: unknown,
  version: number,
  known: number,
  { maxLockWaitMs = 30_000 }: MigrationOptions,
): unknown {
  const code = sqlstateOf(error);
  if (code === lockNotAvailable)
    return new PostgresConnectionError(
      `The database at DATABASE_URL must be migrated, but another process has held a lock for ${maxLockWaitMs / 1000} s. If that process migrates, start again when it has ended. If not, stop older servers, or end the session that pg_locks shows.`,
      code,
    );
  if (code === insufficientPrivilege || code === invalidSchemaName)
    return new PostgresConnectionError(
      `The database at DATABASE_URL has schema ${version}, this version needs schema ${known}, and the user in DATABASE_URL may not migrate it. Run \`callback-server migrate\` as the owner of the tables.`,
      code,
    );
  return error;
}
