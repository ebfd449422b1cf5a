import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { StoreAccess } from '../engine/store-options.ts';
import { openReader, type Sharing } from './open-sqlite.ts';
import { createCaller, inTransaction } from './sqlite-calls.ts';
import { type SqliteFault, toFault } from './sqlite-error.ts';
import type { SqliteOperations } from './sqlite-operations.ts';
import { createSqliteWriter } from './sqlite-writer.ts';

/** The files that a thread opens. */
export interface SqliteFiles {
  readonly path: string;
  /** The file of the data keys, if there is encryption. */
  readonly keysPath: string | undefined;
  readonly access: StoreAccess;
  /** A reader cannot write, and needs a database that a writer has opened. */
  readonly role: 'writer' | 'reader';
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
  | { readonly type: 'commit'; readonly calls: readonly SqliteCall[] }
  /** Gives some free pages back to the disk. Responds whether free pages are left. */
  | { readonly type: 'vacuum' }
  /** Makes a checkpoint and truncates the log. Responds whether no reader prevented that. */
  | { readonly type: 'compact' }
  | { readonly type: 'close' };

/** A request with the number that its response carries. */
export interface NumberedRequest {
  readonly id: number;
  readonly request: SqliteRequest;
}

export type SqliteResponse =
  | { readonly id: number; readonly result: unknown }
  /** Without an id, it reports a fault that no request has met: of a checkpoint, or of a file. */
  | { readonly id?: number; readonly fault: SqliteFault };

/** Handles requests on one connection. */
export interface RequestHandler {
  readonly handle: (request: SqliteRequest) => unknown;
  /** Called after the response, so that this commit's callbacks do not wait. */
  readonly afterCommit?: () => void;
}

// The database has its own thread, so that a disk flush never blocks the responses of the HTTP server.
const respond = (message: SqliteResponse) => parentPort?.postMessage(message);
try {
  const files = workerData as SqliteFiles;
  respond({ id: 0, result: files.role === 'writer' ? startWriter(files) : startReader(files) });
} catch (error) {
  respond({ id: 0, fault: toFault(error) });
}

function startWriter(files: SqliteFiles): Sharing {
  const { sharing, ...handler } = createSqliteWriter(files, (error) => respond({ fault: toFault(error) }));
  serve(handler);
  return sharing;
}

function startReader({ path, keysPath }: SqliteFiles): undefined {
  // On Linux a priority belongs to a thread. Elsewhere it would belong to the whole server.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const database = openReader(path, keysPath);
  const call = createCaller(database);
  serve({
    handle: (request) => {
      if (request.type === 'close') return database.close();
      if (request.type !== 'read') throw new Error('A reader cannot write.');
      return inTransaction(database, 'BEGIN', () => call(request.call));
    },
  });
}

function serve({ handle, afterCommit }: RequestHandler): void {
  parentPort?.on('message', ({ id, request }: NumberedRequest) => {
    try {
      respond({ id, result: handle(request) });
    } catch (error) {
      respond({ id, fault: toFault(error) });
      if (request.type !== 'close') return;
    }
    if (request.type === 'close') parentPort?.close();
    else if (request.type !== 'read') afterCommit?.();
  });
}
