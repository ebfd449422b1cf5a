import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { openDatabases } from '../../proofs/callback-server/databases/databases.ts';
import { startServer } from '../../proofs/callback-server/server/server-process.ts';
import { buildSqlite3 } from './peers/build-sqlite3.ts';

/** Something that takes callbacks, while it runs. */
export interface Subject {
  readonly url: string;
  readonly pid: number;
  /** What it writes to. */
  readonly files: () => string[];
  /** How many callbacks it keeps; nothing where it keeps none. */
  readonly kept: () => Promise<number | undefined>;
  /** Called once nothing is sent any more, and before `kept`. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** Something that takes callbacks, not started yet. Whatever it starts is given the environment. */
export type StartSubject = (environment?: Readonly<Record<string, string>>) => Promise<Subject>;

/** All that are compared, by what they are called in the table. */
export const subjects: Readonly<Record<string, StartSubject>> = {
  'ours, SQLite': ours('sqlite'),
  'ours, PostgreSQL': ours('postgres'),
  'ours, a commit for each callback': ours('sqlite', [new URL('peers/one-row-a-commit.ts', import.meta.url)]),
  'bare Hono, JSON parse only': peer('bare-hono'),
  'Node-RED, its SQLite node': nodeRed('DELETE'),
  'Node-RED, the same in WAL mode': nodeRed('WAL'),
};

/** Our binary as it is shipped, its log on. */
function ours(engine: 'sqlite' | 'postgres', imports: readonly URL[] = []): StartSubject {
  return async (environment = {}) => {
    // PostgreSQL is started with what this process has.
    Object.assign(process.env, environment);
    const databases = await openDatabases(engine);
    const database = await databases.create();
    const server = await startServer(database.url, { imports, environment });
    return {
      url: server.url,
      pid: server.pid,
      files: () => database.files(),
      kept: async () => (await database.keptMerchants()).size,
      stop: async () => void (await server.signal('SIGTERM')),
      remove: async () => {
        await database.remove();
        await databases.stop();
      },
    };
  };
}

/** Node-RED with a database in either of SQLite's journal modes. */
function nodeRed(journalMode: 'DELETE' | 'WAL'): StartSubject {
  const start = peer('node-red', journalMode);
  return (environment) => {
    buildSqlite3();
    return start(environment);
  };
}

/** A script of `peers/`, which is given a folder to write to. */
function peer(name: string, ...args: readonly string[]): StartSubject {
  const script = fileURLToPath(new URL(`peers/${name}.ts`, import.meta.url));
  return async (environment) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-peer-'));
    const child = spawn(process.execPath, [script, folder, ...args], {
      env: { ...process.env, ...environment },
    });
    child.stderr.pipe(process.stderr);
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
    const ended = once(child, 'close');
    return {
      url: /http:\S+/.exec(String(line))?.[0] ?? '',
      pid: child.pid ?? 0,
      files: () => readdirSync(folder).map((file) => join(folder, file)),
      kept: async () => countCallbacks(join(folder, 'callbacks.db')),
      stop: async () => {
        child.kill();
        await ended;
      },
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
