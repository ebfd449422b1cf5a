import { type ClientBase, Pool } from 'pg';

/** Connects to a PostgreSQL that can be trusted with callbacks. Each connection is checked before its first use. */
export function connectPostgres(url: string, settings: Readonly<Record<string, string>> = {}): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'callback-server',
    max: 8,
    connectionTimeoutMillis: 5000,
    // The server gives up before the client does, so that the client knows that nothing was done.
    statement_timeout: 10_000,
    query_timeout: 15_000,
    keepAlive: true,
    allowExitOnIdle: true,
    onConnect: async (client) => {
      await assertDurable(client);
      for (const [name, value] of Object.entries({ ...always, ...settings }))
        await client.query(`SET ${name} = ${value}`);
    },
  });
  // The pool replaces an idle connection that is lost.
  pool.on('error', () => {});
  return pool;
}

/**
 * Whatever PostgreSQL believes about the size of a table, it uses an index. Even the plans of its checks of foreign keys
 * stay, after they were made for an empty table.
 */
export const always = { enable_seqscan: 'off', jit: 'off' };

/** The settings that durability depends on. */
const durable = { synchronous_commit: 'on', fsync: 'on', full_page_writes: 'on' };

async function assertDurable(client: ClientBase): Promise<void> {
  await client.query('SET synchronous_commit = on');
  const names = Object.keys(durable).map((name) => `current_setting('${name}') AS ${name}`);
  const { rows } = await client.query(`SELECT ${names.join(', ')}, pg_is_in_recovery() AS is_standby`);
  for (const [name, value] of Object.entries(durable))
    if (rows[0]?.[name] !== value)
      throw new Error(
        `PostgreSQL could lose committed data: ${name} is ${rows[0]?.[name]}. Set it to ${value}.`,
      );
  if (rows[0]?.['is_standby'])
    throw new Error('DATABASE_URL names a PostgreSQL standby, which is read-only. Name the primary.');
}
