import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { type Checkpoints, createCheckpoints } from './checkpoints.ts';
import { openSqlite } from './open-sqlite.ts';
import { type SqliteFault, toFault } from './sqlite-error.ts';
import { createSqliteOperations, type SqliteOperations } from './sqlite-operations.ts';

/** The files that the thread opens. */
export interface SqliteFiles {
  readonly path: string;
  /** The file of the data keys, if there is encryption. */
  readonly keysPath: string | undefined;
}

/** A call of an operation. The sender has matched the name and the arguments. */
export interface SqliteCall {
  readonly name: keyof SqliteOperations;
  readonly args: readonly unknown[];
}

export type SqliteRequest =
  /** Runs one operation that only reads. */
  | { readonly type: 'read'; readonly call: SqliteCall }
  /** Runs operations that write, in one transaction. */
  | { readonly type: 'commit'; readonly calls: readonly SqliteCall[]; readonly bodyBytes: number }
  /** Makes a checkpoint and truncates the log; `close` then closes the database. */
  | { readonly type: 'compact' | 'close' };

/** A request with the number that its response carries. */
export interface NumberedRequest {
  readonly id: number;
  readonly request: SqliteRequest;
}

export type SqliteResponse =
  | { readonly id: number; readonly result: unknown }
  /** Without an id, it reports a failed checkpoint, which no request has asked for. */
  | { readonly id?: number; readonly fault: SqliteFault };

// The database has its own thread, so that a disk flush never blocks the responses of the HTTP server.
const respond = (message: SqliteResponse) => parentPort?.postMessage(message);
try {
  const { path, keysPath } = workerData as SqliteFiles;
  serve(openSqlite(path, keysPath));
  respond({ id: 0, result: undefined });
} catch (error) {
  respond({ id: 0, fault: toFault(error) });
}

function serve(database: DatabaseSync): void {
  const operations = createSqliteOperations(database, randomUUID());
  const checkpoints = createCheckpoints(database);
  const call = ({ name, args }: SqliteCall): unknown => {
    const operation: (...args: never[]) => unknown = operations[name];
    return operation(...(args as never[]));
  };
  const run = (request: SqliteRequest): unknown => {
    if (request.type === 'read') return call(request.call);
    if (request.type === 'commit') return transaction(database, () => request.calls.map(call));
    try {
      checkpoints.empty();
    } finally {
      if (request.type === 'close') database.close();
    }
    return undefined;
  };
  parentPort?.on('message', ({ id, request }: NumberedRequest) => {
    try {
      respond({ id, result: run(request) });
      // After the response, so that this commit's callbacks do not wait for the checkpoint.
      if (request.type === 'commit') checkpoint(checkpoints, request.bodyBytes);
    } catch (error) {
      respond({ id, fault: toFault(error) });
    }
    if (request.type === 'close') parentPort?.close();
  });
}

function checkpoint(checkpoints: Checkpoints, bodyBytes: number): void {
  try {
    checkpoints.count(bodyBytes);
  } catch (error) {
    respond({ fault: toFault(error) });
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
