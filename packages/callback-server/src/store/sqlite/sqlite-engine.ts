import { Worker } from 'node:worker_threads';
import { createGroupCommit } from '../group-commit.ts';
import type { StoreEngine } from '../store-engine.ts';
import type { StoreOptions } from '../store-options.ts';
import { faultOf, SqliteError, SqliteThreadError } from './sqlite-error.ts';
import type { SqliteOperations } from './sqlite-operations.ts';
import type { SqliteCall, SqliteReply, SqliteRequest } from './sqlite-thread.ts';

/** Runs beside this file, as source or as built. */
const thread = new URL(`./sqlite-thread${import.meta.url.slice(-3)}`, import.meta.url);

type Operation = keyof SqliteOperations;
type Args<Name extends Operation> = Parameters<SqliteOperations[Name]>;
type Result<Name extends Operation> = ReturnType<SqliteOperations[Name]>;
/** A request, before it has its number. */
type Ask = SqliteRequest extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

/**
 * Keeps callbacks in one SQLite file, for one process. What writes at the same time shares one commit.
 *
 * @throws Error where the file cannot be trusted or is another process's.
 */
export async function openSqliteEngine(path: string, options: StoreOptions): Promise<StoreEngine> {
  const { onFatal, onCommit = () => {} } = options;
  const { ask, opened } = startThread(path, (error) => commits.end(error));
  const commits = createGroupCommit<{ call: SqliteCall; bytes: number }, unknown>({
    commit: async (jobs) => {
      const bodyBytes = jobs.reduce((total, { bytes }) => total + bytes, 0);
      return (await ask({ type: 'commit', calls: jobs.map(({ call }) => call), bodyBytes })) as unknown[];
    },
    faultOf,
    onFatal,
    onCommit,
  });
  await opened;

  // A thread answers with what its operation gives, and the pairing of the two is in the name.
  const read = <Name extends Operation>(name: Name, ...args: Args<Name>) =>
    ask({ type: 'read', call: { name, args } }) as Promise<Result<Name>>;
  const write = <Name extends Operation>(bytes: number, name: Name, ...args: Args<Name>) =>
    commits.add({ call: { name, args }, bytes }, bytes) as Promise<Result<Name>>;

  return {
    keep: (callback) => write(callback.body.byteLength + callback.details.byteLength, 'keep', callback),
    list: (filter) => read('list', filter),
    get: (id) => read('get', id),
    drift: () => read('drift'),
    figures: () => read('figures'),
    claim: (now, token) => write(0, 'claim', now, token),
    takeOver: (token) => write(0, 'takeOver', token),
    settle: (delivery, token, now, settlement) => write(0, 'settle', delivery, token, now, settlement),
    nextDueAt: () => read('nextDueAt'),
    probe: (now) => write(0, 'probe', now),
    close: async () => {
      await commits.idle();
      await ask({ type: 'close' });
    },
  };
}

/**
 * The database's thread. It keeps the process alive only while something is asked of it.
 *
 * @param onFault - Told of a checkpoint that failed, and of an end that nobody asked for.
 */
function startThread(path: string, onFault: (error: unknown) => void) {
  // Flags of the main program, such as how to read its own source, are not for this one.
  const worker = new Worker(thread, { workerData: { path }, execArgv: [] });
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
