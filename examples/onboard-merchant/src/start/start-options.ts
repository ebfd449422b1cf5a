import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** Where the servers of `npm start` listen and what they keep. */
export interface StartOptions {
  ports: { sandbox: number; control: number; receiver: number; admin: number; docs: number };
  /** URL of the callback server's database. Without it, the database is in a temporary folder. */
  databaseUrl?: string;
}

export const startUsage = `Usage: npm start [-- --port 4010] [--database FILE]

Runs the sandbox with its back office, the callback server and the docs, until Ctrl+C.

  --port      port of the sandbox's API; the other servers use this port + 1, + 10, + 11 and + 20
  --database  SQLite file in which the callback server keeps callbacks; without a file they are deleted at the end
  --help      shows this help`;

/**
 * Reads the command line of `npm start`.
 *
 * @returns `undefined` if the user asks for help.
 * @throws Error that names the option and what to give.
 */
export function parseStartOptions(args: readonly string[]): StartOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, database: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return undefined;
  const first = parsePort(values.port ?? '4010');
  return {
    ports: { sandbox: first, control: first + 1, receiver: first + 10, admin: first + 11, docs: first + 20 },
    ...(values.database && { databaseUrl: `sqlite:${resolve(values.database)}` }),
  };
}

function parsePort(value: string): number {
  const port = /^\d+$/.test(value) ? Number(value) : 0;
  if (port > 0 && port <= 65_515) return port;
  throw new Error('--port must be a number from 1 to 65515.');
}
