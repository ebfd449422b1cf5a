import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { Database, Databases, Engine } from '../../../proofs/callback-server/databases/database.ts';
import { openDatabases } from '../../../proofs/callback-server/databases/open-databases.ts';
import { startServerProcess } from '../../measure/server-process.ts';
import { fillBacklog } from './fill-backlog.ts';
import type { ServerTask } from './server.ts';

/** When a callback was received, and when a route took it, in milliseconds since 1970. */
export interface Delivered {
  readonly merchant: string;
  readonly route: string;
  readonly receivedAt: number;
  /** Missing while the delivery is open. */
  readonly takenAt?: number;
}

/** Starts a server on a new database in which callbacks wait for a route. */
export async function startMeasured(
  engine: Engine,
  task: Omit<ServerTask, 'databaseUrl'>,
  waiting = 0,
  route = 'handler',
) {
  const databases = await openDatabases(engine);
  const database = await databases.create();
  await fillBacklog(databases, database, waiting, route);
  const text = JSON.stringify({ ...task, databaseUrl: database.url });
  const command = (port: number) => [script('server'), `${port}`, text] as const;
  const process = await startServerProcess({ name: 'the callback server', command });
  return {
    ...process,
    /** Ends the server as a crash does, and reads what it has delivered. */
    finish: async (): Promise<Delivered[]> => {
      await process.stop();
      const delivered = await readDelivered(databases, database);
      await database.remove();
      await databases.remove();
      return delivered;
    },
  };
}

export function startTarget(hangs = false) {
  const command = (port: number) => [script('target'), `${port}`, ...(hangs ? ['hangs'] : [])] as const;
  return startServerProcess({ name: 'the target', command });
}

function script(name: string): string {
  return fileURLToPath(new URL(`${name}.ts`, import.meta.url));
}

/** Leaves out the callbacks of `fillBacklog`, whose merchants have names such as `merchant 1`. */
const select = (milliseconds: (time: string) => string) => `
  SELECT merchant, deliveries.route, ${milliseconds('received_at')} AS received, ${milliseconds('ended_at')} AS taken
  FROM callbacks JOIN deliveries ON deliveries.callback_sequence = sequence
    LEFT JOIN attempts ON attempts.callback_sequence = sequence AND attempts.route = deliveries.route
      AND outcome = 'taken'
  WHERE merchant NOT LIKE 'merchant %'`;

async function readDelivered({ cluster }: Databases, { url }: Database): Promise<Delivered[]> {
  const rows = cluster
    ? await cluster.query(
        url,
        select((time) => `(extract(epoch FROM ${time}) * 1000)::float8`),
      )
    : readSqlite(url.slice('sqlite:'.length));
  return rows.map(({ merchant, route, received, taken }) => ({
    merchant: String(merchant),
    route: String(route),
    receivedAt: Number(received),
    ...(taken !== null && { takenAt: Number(taken) }),
  }));
}

function readSqlite(path: string): Record<string, unknown>[] {
  const file = new DatabaseSync(path);
  const rows = file.prepare(select((time) => time)).all();
  file.close();
  return rows;
}
