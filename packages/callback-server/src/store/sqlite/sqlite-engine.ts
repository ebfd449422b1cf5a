import { createGroupCommit } from '../engine/group-commit.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { faultOf } from './sqlite-error.ts';
import type { SqliteOperations } from './sqlite-operations.ts';
import type { SqliteCall } from './sqlite-thread.ts';
import { startThread } from './start-thread.ts';

type Operation = keyof SqliteOperations;
type Args<Name extends Operation> = Parameters<SqliteOperations[Name]>;
type Result<Name extends Operation> = ReturnType<SqliteOperations[Name]>;
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
    stats: reading('stats'),
    claim: writing('claim'),
    reclaimExpired: writing('reclaimExpired'),
    settle: writing('settle'),
    nextDueAt: reading('nextDueAt'),
    probe: writing('probe'),

    masterKeyChecks: reading('masterKeyChecks'),
    addMasterKeyCheck: writing('addMasterKeyCheck'),
    dropUnusedMasterKeys: writing('dropUnusedMasterKeys'),
    dataKey: reading('dataKey'),
    dataKeyOf: reading('dataKeyOf'),
    // Others' callbacks wait for it, so it is turned away as they are.
    addDataKey: (owner, key, now) => write(key.wrapped.byteLength, 'addDataKey', owner, key, now),
    dropDataKey: writing('dropDataKey'),
    dataKeysToRewrap: reading('dataKeysToRewrap'),
    replaceDataKeys: writing('replaceDataKeys'),
    encryptedUnder: reading('encryptedUnder'),
    setEncryptedUnder: writing('setEncryptedUnder'),
    isEmpty: reading('isEmpty'),

    page: reading('page'),
    differingBodies: reading('differingBodies'),
    bodiesBefore: reading('bodiesBefore'),
    mask: writing('mask'),
    dropDifferingBodies: writing('dropDifferingBodies'),
    dropCallbacks: writing('dropCallbacks'),
    dropAudit: writing('dropAudit'),
    eraseCallbacks: writing('eraseCallbacks'),
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
