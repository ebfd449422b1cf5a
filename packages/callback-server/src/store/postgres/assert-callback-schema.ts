import { Client } from 'pg';
import { migrationFiles } from '../engine/migration-files.ts';
import type { StoreAccess } from '../engine/store-options.ts';

const timeoutMs = 5000;

/**
 * Rejects a database that holds no tables of this server, or that this version cannot read without a migration.
 *
 * @throws Error saying what DATABASE_URL names.
 */
export async function assertCallbackSchema(
  url: string,
  access: Exclude<StoreAccess, 'create'>,
): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: 'callback-server',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string | null }>(
      `SELECT current_database() AS name
       WHERE to_regclass('schema_version') IS NULL OR to_regclass('callbacks') IS NULL`,
    );
    if (rows[0])
      throw new Error(
        `DATABASE_URL names the PostgreSQL database ${rows[0].name}, which has no tables of the callback server. Check the name. Only \`serve\` and \`migrate\` create the tables.`,
      );
    if (access === 'read') await assertCurrentVersion(client);
  } finally {
    await client.end();
  }
}

async function assertCurrentVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>('SELECT version FROM schema_version');
  const known = migrationFiles('postgres').length;
  if (rows[0]?.version !== known)
    throw new Error(
      `The database that DATABASE_URL names has schema ${rows[0]?.version}, but this version reads schema ${known}. Run \`migrate\`, or the version that uses the database.`,
    );
}
