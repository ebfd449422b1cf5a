import { type ClientBase, Pool } from 'pg';

/**
 * Connections to a PostgreSQL that can be trusted with a callback. Each is checked before its first use; one that is
 * lost is made anew when it is needed next.
 */
export function connectPostgres(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'callback-server',
    max: 8,
    connectionTimeoutMillis: 5000,
    // The server gives up first, so that what it did not do is known.
    statement_timeout: 10_000,
    query_timeout: 15_000,
    keepAlive: true,
    allowExitOnIdle: true,
    onConnect: assertDurable,
  });
  // A connection that is lost while nobody uses it is nobody's failure.
  pool.on('error', () => {});
  return pool;
}

/** What durability rests on: set for the session, where it can be, and read back. */
const trusted = { synchronous_commit: 'on', fsync: 'on', full_page_writes: 'on' };

async function assertDurable(client: ClientBase): Promise<void> {
  await client.query('SET synchronous_commit = on');
  const names = Object.keys(trusted).map((name) => `current_setting('${name}') AS ${name}`);
  const { rows } = await client.query(`SELECT ${names.join(', ')}, pg_is_in_recovery() AS is_standby`);
  for (const [name, value] of Object.entries(trusted))
    if (rows[0]?.[name] !== value)
      throw new Error(
        `PostgreSQL has ${name} at ${rows[0]?.[name]}, and could lose what it has committed. Set it to ${value}.`,
      );
  if (rows[0]?.['is_standby'])
    throw new Error('This PostgreSQL is a standby, which keeps nothing. Name the primary in DATABASE_URL.');
}
