import { Worker } from 'node:worker_threads';
import { SqliteError, SqliteThreadError } from './sqlite-error.ts';
import type { SqliteFiles, SqliteReply, SqliteRequest } from './sqlite-thread.ts';

/** Runs beside this file, as source or as built. */
const thread = new URL(`./sqlite-thread${import.meta.url.slice(-3)}`, import.meta.url);

/** A request, before it has its number. */
type Ask = SqliteRequest extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

/** The database's thread, as others speak to it. */
export interface SqliteThread {
  /** Resolves when the database is open. */
  readonly opened: Promise<void>;
  /** Requests are answered in their order. */
  readonly ask: (request: Ask) => Promise<unknown>;
}

/**
 * Starts the database's thread. It keeps the process alive only while something is asked of it.
 *
 * @param onFault - Told of a checkpoint that failed, and of an end that nobody asked for.
 */
export function startThread(files: SqliteFiles, onFault: (error: unknown) => void): SqliteThread {
  // Flags of the main program, such as how to read its own source, are not for this one.
  const worker = new Worker(thread, { workerData: files, execArgv: [] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  let mayEnd = true;

  const expect = (id: number) => {
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    worker.ref();
    return answer.promise;
  };
  const take = (id: number) => {
    const answer = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return answer;
  };
  const end = (error: unknown) => {
    for (const id of [...waiting.keys()]) take(id)?.reject(error);
    if (!mayEnd) onFault(error);
    mayEnd = true;
  };
  worker.on('message', (reply: SqliteReply) => {
    if ('result' in reply) take(reply.id)?.resolve(reply.result);
    else if (reply.id === undefined) onFault(new SqliteError(reply.fault));
    else take(reply.id)?.reject(new SqliteError(reply.fault));
  });
  worker.on('error', end);
  worker.on('exit', () => end(new SqliteThreadError('The database is closed.')));

  const opened = expect(0).then(() => {
    mayEnd = false;
  });
  const ask = (request: Ask): Promise<unknown> => {
    if (mayEnd) return Promise.reject(new SqliteThreadError('The database is closed.'));
    mayEnd = request.type === 'close';
    lastId += 1;
    const answer = expect(lastId);
    worker.postMessage({ ...request, id: lastId });
    return answer;
  };
  return { ask, opened };
}
