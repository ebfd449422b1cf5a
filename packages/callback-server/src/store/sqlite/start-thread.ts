import { Worker } from 'node:worker_threads';
import { SqliteThreadError, toError } from './sqlite-error.ts';
import type { NumberedRequest, SqliteFiles, SqliteRequest, SqliteResponse } from './sqlite-requests.ts';

/** The thread's module is next to this file, with the same ending in source and in the build. */
const thread = new URL(`./sqlite-thread${import.meta.url.slice(-3)}`, import.meta.url);

/**
 * Starts a database thread. It keeps the process alive only while a request is open.
 *
 * @param onFault - Called after a failed checkpoint, a change of the files by another program, and an unexpected end of
 * the thread.
 */
export function startThread(files: SqliteFiles, onFault: (error: unknown) => void) {
  // The main program's Node flags, such as those for running TypeScript, do not apply to the thread.
  const worker = new Worker(thread, { workerData: files, execArgv: [] });
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let mayEnd = true;

  const expectResponse = (id: number) => {
    const response = Promise.withResolvers<unknown>();
    open.set(id, response);
    worker.ref();
    return response.promise;
  };
  const take = (id: number) => {
    const response = open.get(id);
    open.delete(id);
    if (open.size === 0) worker.unref();
    return response;
  };
  const end = (error: unknown) => {
    for (const id of [...open.keys()]) take(id)?.reject(error);
    if (!mayEnd) onFault(error);
    mayEnd = true;
  };
  worker.on('message', (response: SqliteResponse) => {
    if ('result' in response) take(response.id)?.resolve(response.result);
    else if (response.id === undefined) onFault(toError(response.fault));
    else take(response.id)?.reject(toError(response.fault));
  });
  worker.on('error', end);
  worker.on('exit', () => end(new SqliteThreadError('The database is closed.')));

  /** Resolves when the database is open, to how the thread shares it. */
  const opened = expectResponse(0).then((result) => {
    mayEnd = false;
    return result;
  });
  /** Resolves to the response. The thread handles requests in their order. */
  const ask = (request: SqliteRequest): Promise<unknown> => {
    if (mayEnd) return Promise.reject(new SqliteThreadError('The database is closed.'));
    mayEnd = request.type === 'close';
    lastId += 1;
    const response = expectResponse(lastId);
    worker.postMessage({ id: lastId, request } satisfies NumberedRequest);
    return response;
  };
  return { ask, opened };
}
