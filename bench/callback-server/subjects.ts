import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openDatabases } from '../../packages/callback-server/faults/workbench/databases.ts';
import { startServer } from '../../packages/callback-server/faults/workbench/server-process.ts';

/** Something that takes callbacks, while it runs. */
export interface Subject {
  readonly url: string;
  readonly pid: number;
  /** What it writes to, of ours. */
  readonly files: () => string[];
  /** How many callbacks it keeps; nothing where it keeps none, or not in a way of ours. */
  readonly kept: () => Promise<number | undefined>;
  /** Called once nothing is sent any more, and before `kept`. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** All that are compared, by what they are called in the table. */
export const subjects: Readonly<Record<string, () => Promise<Subject>>> = {
  'ours, SQLite': () => ours('sqlite'),
  'ours, PostgreSQL': () => ours('postgres'),
  'ours, a commit for each callback': () =>
    ours('sqlite', [new URL('peers/one-row-a-commit.ts', import.meta.url)]),
  'bare Hono, JSON parse only': () => peer('bare-hono'),
  'Node-RED http-in, SQLite': () => peer('node-red'),
};

/** Our binary as it is shipped, its log on. */
async function ours(engine: 'sqlite' | 'postgres', imports: readonly URL[] = []): Promise<Subject> {
  const databases = await openDatabases(engine);
  const database = await databases.create();
  const server = await startServer(database.url, { imports });
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
}

async function peer(name: string): Promise<Subject> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`peers/${name}.ts`, import.meta.url))]);
  child.stderr.pipe(process.stderr);
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const ended = once(child, 'close');
  return {
    url: /http:\S+/.exec(String(line))?.[0] ?? '',
    pid: child.pid ?? 0,
    files: () => [],
    kept: async () => undefined,
    stop: async () => {
      child.kill();
      await ended;
    },
    remove: async () => {},
  };
}
