import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { openDatabases } from '../../proofs/callback-server/databases/open-databases.ts';
import { startServer } from '../../proofs/callback-server/server/server-process.ts';
import { startServerProcess } from '../measure/server-process.ts';
import { buildSqlite3 } from './peers/build-sqlite3.ts';

/** A running server that receives callbacks. */
export interface Subject {
  readonly url: string;
  readonly pid: number;
  /** Counts the stored callbacks. `undefined` if the server stores none. */
  readonly stored: () => Promise<number | undefined>;
  /** Called after the last callback, and before `stored`. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a server. All its processes get the environment. */
type StartSubject = (environment?: Readonly<Record<string, string>>) => Promise<Subject>;

/** The servers to compare, by their names in the table. */
export const subjects: Readonly<Record<string, StartSubject>> = {
  'ours, SQLite': ours('sqlite'),
  'ours, PostgreSQL': ours('postgres'),
  'ours, a commit for each callback': ours('sqlite', [new URL('peers/one-row-a-commit.ts', import.meta.url)]),
  'bare Hono, JSON parse only': peer('bare-hono'),
  'Node-RED, its SQLite node': nodeRed('DELETE'),
  'Node-RED, the same in WAL mode': nodeRed('WAL'),
};

/** Starts the published binary, which writes its log. */
function ours(engine: 'sqlite' | 'postgres', imports: readonly URL[] = []): StartSubject {
  return async (environment = {}) => {
    // PostgreSQL inherits the environment of this process.
    Object.assign(process.env, environment);
    const databases = await openDatabases(engine);
    const database = await databases.create();
    const server = await startServer(database.url, { imports, environment });
    return {
      url: server.url,
      pid: server.pid,
      stored: async () => (await database.storedMerchants()).size,
      stop: async () => void (await server.signal('SIGTERM')),
      remove: async () => {
        await database.remove();
        await databases.remove();
      },
    };
  };
}

/** Starts Node-RED with a database in one of SQLite's journal modes. */
function nodeRed(journalMode: 'DELETE' | 'WAL'): StartSubject {
  const start = peer('node-red', journalMode);
  return (environment) => {
    buildSqlite3();
    return start(environment);
  };
}

/** Starts a script of `peers/` with a folder for its files. */
function peer(name: string, ...args: readonly string[]): StartSubject {
  const script = fileURLToPath(new URL(`peers/${name}.ts`, import.meta.url));
  return async (environment) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-peer-'));
    const command = (port: number) => [script, `${port}`, folder, ...args] as const;
    const { url, pid, stop } = await startServerProcess({ name, command }, environment);
    return {
      url,
      pid,
      stored: async () => countCallbacks(join(folder, 'callbacks.db')),
      stop,
      remove: async () => rmSync(folder, { recursive: true }),
    };
  };
}

function countCallbacks(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  const database = new DatabaseSync(path);
  const row = database.prepare('SELECT count(*) AS count FROM callbacks').get();
  database.close();
  return Number(row?.['count']);
}
