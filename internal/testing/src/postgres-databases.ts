import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Password of the superuser `postgres` in each cluster of the tests. */
export const postgresPassword = 'not-a-real-password';

/** The databases of a running PostgreSQL server. */
export interface PostgresDatabases {
  /** Creates an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  /** Copies a database that has no open session, and returns the URL of the copy. */
  copyDatabase(url: string): Promise<string>;
  /** Drops a database, and ends the sessions that still use it. */
  dropDatabase(url: string): Promise<void>;
  /** Runs statements in a database, on a connection of its own. */
  query(url: string, statements: string): Promise<Record<string, unknown>[]>;
}

/**
 * The databases of the server with its socket in `folder`.
 *
 * @param port - Port of the socket. @default 5432
 */
export function postgresDatabases(folder: string, port?: number): PostgresDatabases {
  const address = encodeURIComponent(folder) + (port === undefined ? '' : `:${port}`);
  const urlOf = (name: string) => `postgres://postgres:${postgresPassword}@${address}/${name}`;
  const administer = (statement: string) => query(urlOf('postgres'), statement);
  const create = async (parameters: string) => {
    const name = `test_${randomBytes(6).toString('hex')}`;
    await administer(`CREATE DATABASE ${name} ${parameters}`);
    return urlOf(name);
  };
  return {
    createDatabase: () => create(''),
    copyDatabase: (url) => create(`TEMPLATE ${nameOf(url)}`),
    dropDatabase: async (url) => void (await administer(`DROP DATABASE ${nameOf(url)} WITH (FORCE)`)),
    query,
  };
}

async function query(url: string, statements: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statements)).rows;
  } finally {
    await client.end();
  }
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
