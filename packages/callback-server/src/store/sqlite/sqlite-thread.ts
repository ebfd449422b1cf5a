import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { type Checkpoints, createCheckpoints } from './checkpoints.ts';
import { openSqlite } from './open-sqlite.ts';
import { type SqliteFault, toFault } from './sqlite-error.ts';
import { createSqliteOperations, type SqliteOperations } from './sqlite-operations.ts';

/** What the thread is to open. */
export interface SqliteFiles {
  readonly path: string;
  /** Where the keys are kept, if they are in use. */
  readonly keysPath: string | undefined;
}

/** A call of one operation. The other side has paired the name with its arguments. */
export interface SqliteCall {
  readonly name: keyof SqliteOperations;
  readonly args: readonly unknown[];
}

/** What the thread is asked: to read, to commit calls that write all or nothing, to empty the log, or to close. */
export type SqliteRequest =
  | { readonly id: number; readonly type: 'read'; readonly call: SqliteCall }
  | {
      readonly id: number;
      readonly type: 'commit';
      readonly calls: readonly SqliteCall[];
      readonly bodyBytes: number;
    }
  | { readonly id: number; readonly type: 'compact' | 'close' };

/** What it answers. The one without an id comes by itself: a checkpoint has failed. */
export type SqliteReply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id?: number; readonly fault: SqliteFault };

// The database has a thread of its own, so that no flush of the disk ever holds up the answers of the HTTP server.
const reply = (message: SqliteReply) => parentPort?.postMessage(message);
try {
  const { path, keysPath } = workerData as SqliteFiles;
  serve(openSqlite(path, keysPath));
  reply({ id: 0, result: undefined });
} catch (error) {
  reply({ id: 0, fault: toFault(error) });
}

function serve(database: DatabaseSync): void {
  const operations = createSqliteOperations(database, randomUUID());
  const checkpoints = createCheckpoints(database);
  const call = ({ name, args }: SqliteCall): unknown => {
    const operation: (...args: never[]) => unknown = operations[name];
    return operation(...(args as never[]));
  };
  const answer = (request: SqliteRequest): unknown => {
    if (request.type === 'read') return call(request.call);
    if (request.type === 'commit') return transaction(database, () => request.calls.map(call));
    try {
      checkpoints.empty();
    } finally {
      if (request.type === 'close') database.close();
    }
    return undefined;
  };
  parentPort?.on('message', (request: SqliteRequest) => {
    try {
      reply({ id: request.id, result: answer(request) });
      // After the answer, so that nobody waits for it who need not.
      if (request.type === 'commit') checkpoint(checkpoints, request.bodyBytes);
    } catch (error) {
      reply({ id: request.id, fault: toFault(error) });
    }
    if (request.type === 'close') parentPort?.close();
  });
}

function checkpoint(checkpoints: Checkpoints, bodyBytes: number): void {
  try {
    checkpoints.count(bodyBytes);
  } catch (error) {
    reply({ fault: toFault(error) });
  }
}

function transaction<Result>(database: DatabaseSync, run: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
