import { createGroupCommit } from '../engine/group-commit.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { faultOf } from './sqlite-error.ts';
import type { SqliteOperations } from './sqlite-operations.ts';
import type { SqliteCall } from './sqlite-thread.ts';
import { startThread } from './start-thread.ts';

/** Whether an operation reads at once, or writes and therefore waits for the next commit. */
const access = {
  keep: 'write',
  list: 'read',
  get: 'read',
  drift: 'read',
  stats: 'read',
  probe: 'write',
  claim: 'write',
  reclaimExpired: 'write',
  settle: 'write',
  nextDueAt: 'read',
  masterKeyChecks: 'read',
  addMasterKeyCheck: 'write',
  dropUnusedMasterKeys: 'write',
  dataKey: 'read',
  dataKeyOf: 'read',
  addDataKey: 'write',
  dropDataKey: 'write',
  dataKeysToRewrap: 'read',
  replaceDataKeys: 'write',
  encryptedUnder: 'read',
  setEncryptedUnder: 'write',
  isEmpty: 'read',
  page: 'read',
  differingBodies: 'read',
  bodiesBefore: 'read',
  mask: 'write',
  dropDifferingBodies: 'write',
  dropCallbacks: 'write',
  dropAudit: 'write',
  eraseCallbacks: 'write',
  audit: 'write',
  auditTrail: 'read',
  check: 'read',
} as const satisfies Record<keyof SqliteOperations, 'read' | 'write'>;

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

  const read = (call: SqliteCall) => ask({ type: 'read', call });
  const write = (call: SqliteCall, bytes: number) => commits.add({ call, bytes }, bytes);
  return {
    ...createOperations(read, write),
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

function createOperations(
  read: (call: SqliteCall) => Promise<unknown>,
  write: (call: SqliteCall, bytes: number) => Promise<unknown>,
): Omit<StoreEngine, 'compact' | 'close'> {
  const names = Object.keys(access) as (keyof typeof access)[];
  const operations = names.map((name) => [
    name,
    (...args: unknown[]) =>
      access[name] === 'read' ? read({ name, args }) : write({ name, args }, senderBytes({ name, args })),
  ]);
  // The table has every operation, and the thread returns what the operation of that name returns.
  return Object.fromEntries(operations) as Omit<StoreEngine, 'compact' | 'close'>;
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
