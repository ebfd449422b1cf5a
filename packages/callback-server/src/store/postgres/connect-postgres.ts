import { type ClientBase, Pool } from 'pg';
import { PostgresConnectionError } from './connection-error.ts';
import { clientOptions, PostgresClient } from './postgres-client.ts';

/**
 * Connects to a PostgreSQL that can be trusted with callbacks. Each connection is checked before its first use.
 *
 * @param settings - More settings of each session.
 */
export function connectPostgres(url: string, settings: Readonly<Record<string, string>> = {}): Pool {
  const options = clientOptions(url);
  const pool = new Pool({
    Client: class extends PostgresClient {
      constructor() {
        super(options);
      }
    },
    max: 8,
    // Longer than the client's own limit, because the client's error says more.
    connectionTimeoutMillis: options.connectionTimeoutMillis + 1000,
    allowExitOnIdle: true,
    onConnect: (client) => setUpSession(client, { ...sessionSettings, ...settings }),
  });
  // The pool replaces an idle connection that is lost.
  pool.on('error', () => {});
  return pool;
}

/** Settings of a session that the statements and the reading of their rows depend on, whatever the role's defaults are. */
export const sessionSettings = {
  synchronous_commit: 'on',
  DateStyle: 'ISO',
  default_transaction_isolation: "'read committed'",
  // PostgreSQL then uses an index, whatever it believes about the size of a table. A plan that was made for an empty table
  // stays, even a plan that checks foreign keys.
  enable_seqscan: 'off',
  jit: 'off',
};

/** The settings that durability depends on. */
const durable = { synchronous_commit: 'on', fsync: 'on', full_page_writes: 'on' };

/**
 * Statements that end a handler's part of a transaction. They undo what the handler changed in the session, before
 * the commit: otherwise such a setting could weaken the commit, and would stay for the next transaction.
 */
export const resetSession = `SET CONSTRAINTS ALL IMMEDIATE; RESET ROLE; RESET ALL; ${assignmentsOf(sessionSettings)};
  SELECT pg_advisory_unlock_all()`;

function assignmentsOf(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `SET ${name} = ${value}`)
    .join('; ');
}

async function setUpSession(client: ClientBase, settings: Readonly<Record<string, string>>): Promise<void> {
  await client.query(assignmentsOf(settings));
  const names = Object.keys(durable).map((name) => `current_setting('${name}') AS ${name}`);
  const { rows } = await client.query(
    `SELECT ${names.join(', ')}, pg_is_in_recovery() AS is_standby,
      current_setting('default_transaction_read_only') = 'on' AS is_read_only`,
  );
  const [row = {}] = rows;
  for (const [name, value] of Object.entries(durable))
    if (row[name] !== value)
      throw new PostgresConnectionError(
        `PostgreSQL at DATABASE_URL could lose committed data: ${name} is ${row[name]}. Set it to ${value}.`,
      );
  if (row['is_standby'])
    throw new PostgresConnectionError(
      'DATABASE_URL names a PostgreSQL standby, which is read-only. Name the primary.',
    );
  if (row['is_read_only'])
    throw new PostgresConnectionError(
      'default_transaction_read_only is on for the user or the database in DATABASE_URL. Set it to off.',
    );
}
