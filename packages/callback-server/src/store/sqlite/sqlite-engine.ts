import { Worker } from 'node:worker_threads';
import { createGroupCommit } from '../group-commit.ts';
import type { StoreEngine } from '../store-engine.ts';
import type { StoreOptions } from '../store-options.ts';
import { faultOf, SqliteError, SqliteThreadError } from './sqlite-error.ts';
import type { SqliteOperations } from './sqlite-operations.ts';
import type { SqliteCall, SqliteFiles, SqliteReply, SqliteRequest } from './sqlite-thread.ts';

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
  const files = { path, keysPath: options.masterKeys?.length ? `${path}-keys` : undefined };
  const { ask, opened } = startThread(files, (error) => endIfFatal(error));
  const commits = createGroupCommit<{ call: SqliteCall; bytes: number }, unknown>({
    commit: async (jobs) => {
      const bodyBytes = jobs.reduce((total, { bytes }) => total + bytes, 0);
      return (await ask({ type: 'commit', calls: jobs.map(({ call }) => call), bodyBytes })) as unknown[];
    },
    faultOf,
    onFatal,
    onCommit,
  });
  const endIfFatal = (error: unknown) => {
    if (faultOf(error) === 'fatal') commits.end(error);
  };
  await opened;

  // A thread answers with what its operation gives, and the pairing of the two is in the name.
  const read = <Name extends Operation>(name: Name, ...args: Args<Name>) =>
    ask({ type: 'read', call: { name, args } }) as Promise<Result<Name>>;
  const write = <Name extends Operation>(bytes: number, name: Name, ...args: Args<Name>) =>
    commits.add({ call: { name, args }, bytes }, bytes) as Promise<Result<Name>>;

  const reading =
    <Name extends Operation>(name: Name) =>
    (...args: Args<Name>) =>
      read(name, ...args);
  const writing =
    <Name extends Operation>(name: Name) =>
    (...args: Args<Name>) =>
      write(0, name, ...args);

  return {
    keep: (callback) => write(callback.body.byteLength + callback.details.byteLength, 'keep', callback),
    list: reading('list'),
    get: reading('get'),
    drift: reading('drift'),
    figures: reading('figures'),
    claim: writing('claim'),
    takeOver: writing('takeOver'),
    settle: writing('settle'),
    nextDueAt: reading('nextDueAt'),
    probe: writing('probe'),

    masterKeyMarks: reading('masterKeyMarks'),
    markMasterKey: writing('markMasterKey'),
    dropIdleMasterKeys: writing('dropIdleMasterKeys'),
    dataKey: reading('dataKey'),
    dataKeyOf: reading('dataKeyOf'),
    // Others' callbacks wait for it, so it is turned away as they are.
    addDataKey: (owner, key, now) => write(key.wrapped.byteLength, 'addDataKey', owner, key, now),
    dropDataKey: writing('dropDataKey'),
    dataKeysToRewrap: reading('dataKeysToRewrap'),
    replaceDataKeys: writing('replaceDataKeys'),
    sealedUnder: reading('sealedUnder'),
    sealUnder: writing('sealUnder'),
    isEmpty: reading('isEmpty'),

    page: reading('page'),
    differingBodies: reading('differingBodies'),
    bodiesBefore: reading('bodiesBefore'),
    mask: writing('mask'),
    dropDifferingBodies: writing('dropDifferingBodies'),
    dropCallbacks: writing('dropCallbacks'),
    dropAudit: writing('dropAudit'),
    blank: writing('blank'),
    audit: writing('audit'),
    auditTrail: reading('auditTrail'),
    check: reading('check'),
    compact: async () => {
      await ask({ type: 'compact' }).catch((error: unknown) => {
        endIfFatal(error);
        throw error;
      });
    },
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
function startThread(files: SqliteFiles, onFault: (error: unknown) => void) {
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
