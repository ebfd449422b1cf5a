import { createGroupCommit } from '../engine/group-commit.ts';
import { type SharedEngine, sharedOperations } from '../engine/shared-operations.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { faultOf } from './sqlite-error.ts';
import type { SqliteOperations } from './sqlite-operations.ts';
import type { SqliteCall } from './sqlite-thread.ts';
import { startThread } from './start-thread.ts';

/** Whether an operation of this engine reads at once, or writes and therefore waits for the next commit. */
const access = {
  keep: 'write',
  list: 'read',
  get: 'read',
  claim: 'write',
  reclaimExpired: 'write',
  settle: 'write',
  nextDueIn: 'read',
  open: 'write',
  releaseDeferred: 'write',
  correctDueTimes: 'write',
  addDataKey: 'write',
  replaceDataKeys: 'write',
  page: 'read',
  mask: 'write',
  dropCallbacks: 'write',
  eraseCallbacks: 'write',
  check: 'read',
} as const satisfies Record<Exclude<keyof SqliteOperations, keyof SharedEngine>, 'read' | 'write'>;

/**
 * Stores callbacks in one SQLite file, for one process. Operations that write at the same time share one commit.
 *
 * @throws Error if the file cannot be trusted, or if another process has it open.
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

  const perform = (kind: 'read' | 'write', call: SqliteCall) => {
    if (kind === 'read') return ask({ type: 'read', call });
    const bytes = senderBytes(call);
    return commits.add({ call, bytes }, bytes);
  };
  const methods = createMethods(perform);
  return {
    ...methods,
    // Each step in its own commit, and the keys first: one commit is not atomic across two files.
    beginEncryption: async (check, owner, key, now) => {
      if (await methods.anyCallback()) return;
      await methods.addMasterKeyCheck(check);
      const added = await methods.addDataKey(owner, key, now);
      if (added) await methods.setEncryptedUnder(added.id);
    },
    compact: async () => {
      await ask({ type: 'compact' }).catch((error: unknown) => {
        endIfFatal(error);
        throw error;
      });
    },
    close: async () => {
      await commits.close();
      await ask({ type: 'close' });
    },
  };
}

function createMethods(
  perform: (kind: 'read' | 'write', call: SqliteCall) => Promise<unknown>,
): Omit<StoreEngine, 'beginEncryption' | 'compact' | 'close'> {
  const shared = Object.entries(sharedOperations).map(
    ([name, operation]) => [name, operation.access] as const,
  );
  const kinds = [...shared, ...Object.entries(access)] as [keyof SqliteOperations, 'read' | 'write'][];
  const methods = kinds.map(([name, kind]) => [name, (...args: unknown[]) => perform(kind, { name, args })]);
  // The tables have every operation, and the thread returns what the operation of that name returns.
  return Object.fromEntries(methods) as Omit<StoreEngine, 'beginEncryption' | 'compact' | 'close'>;
}

/** Size of the sender's data in a call. Callbacks wait for their data key, so both count, and both can be rejected. */
function senderBytes({ name, args }: SqliteCall): number {
  if (name === 'keep') {
    const [{ body, details }] = args as Parameters<SqliteOperations['keep']>;
    return body.byteLength + details.byteLength;
  }
  if (name === 'addDataKey')
    return (args as Parameters<SqliteOperations['addDataKey']>)[1].wrapped.byteLength;
  return 0;
}
