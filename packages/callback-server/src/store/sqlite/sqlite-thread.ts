import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openReader, type Sharing } from './open-sqlite.ts';
import { createCaller, inTransaction } from './sqlite-calls.ts';
import { toFault } from './sqlite-error.ts';
import type { NumberedRequest, RequestHandler, SqliteFiles, SqliteResponse } from './sqlite-requests.ts';
import { createSqliteWriter } from './sqlite-writer.ts';

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
