import { setTimeout as wait } from 'node:timers/promises';
import { createGroupCommit } from '../engine/group-commit.ts';
import { type SharedEngine, sharedOperations } from '../engine/shared-operations.ts';
import { StatementError } from '../engine/statement-error.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import type { FailedStatement } from './sqlite-calls.ts';
import { faultOf, SqliteError } from './sqlite-error.ts';
import type { SqliteOperations } from './sqlite-operations.ts';
import { createReaders } from './sqlite-readers.ts';
import type { SqliteCall } from './sqlite-requests.ts';
import { startThread } from './start-thread.ts';

type Access = 'read' | 'look-up' | 'write';

/**
 * Whether an operation of this engine reads on the reader's thread, looks something up between two commits, or writes
 * and therefore waits for the next commit.
 */
const access = {
  keep: 'write',
  list: 'read',
  arrivals: 'read',
  get: 'read',
  claim: 'write',
  claimUnread: 'write',
  reclaimExpired: 'write',
  settle: 'write',
  settleWith: 'write',
  settleConfirmed: 'write',
  nextDueIn: 'look-up',
  open: 'write',
  giveUp: 'write',
  releaseDeferred: 'write',
  correctDueTimes: 'write',
  merchantHistories: 'look-up',
  expect: 'write',
  forgetExpected: 'write',
  claimMerchant: 'write',
  settleCheck: 'write',
  recover: 'write',
  correctMerchants: 'write',
  merchantCounts: 'read',
  listMerchants: 'read',
  dropMerchants: 'write',
  dropMerchant: 'write',
  leaseSweep: 'look-up',
  addDataKey: 'write',
  replaceDataKeys: 'write',
  page: 'read',
  redeliveriesIn: 'read',
  bodiesIn: 'read',
  mask: 'write',
  dropCallbacks: 'write',
  dropCallbacksIn: 'write',
  eraseCallbacks: 'write',
  check: 'read',
  reusableBytes: 'read',
} as const satisfies Record<Exclude<keyof SqliteOperations, keyof SharedEngine>, Access>;

/** Shared operations that receiving, delivering or each page waits for. A long list must not delay them. */
const lookUps: ReadonlySet<string> = new Set<keyof SharedEngine>([
  'masterKeyChecks',
  'masterKeysInUse',
  'dataKey',
  'dataKeyOf',
  'encryptedUnder',
  'anyStored',
  'quarantined',
  'storedBody',
  'findSession',
]);

/** Rows of a list that are read at a time. A reader that never pauses would keep the write-ahead log from restarting. */
const rowsPerRead = 100;
const compactions = { max: 100, everyMs: 100 };

/**
 * Stores callbacks in one SQLite file, for one process. Operations that write at the same time share one commit.
 *
 * @throws Error if the file cannot be trusted, or if another process has it open.
 */
export async function openSqliteEngine(path: string, options: StoreOptions): Promise<StoreEngine> {
  const { onFatal, onCommit = () => {}, access: storeAccess = 'create' } = options;
  const keysPath = options.masterKeys?.length ? `${path}-keys` : undefined;
  const files = { path, keysPath, access: storeAccess };
  const { ask, opened } = startThread({ ...files, role: 'writer' }, (error) => endIfFatal(error));
  const commits = createGroupCommit<{ call: SqliteCall; bytes: number }, unknown>({
    commit: async (jobs) => (await ask({ type: 'commit', calls: jobs.map(({ call }) => call) })) as unknown[],
    faultOf,
    onFatal,
    onCommit,
  });
  const endIfFatal = (error: unknown) => {
    if (faultOf(error) === 'fatal') commits.end(error);
  };
  const isShared = (await opened) === 'shared';
  const readers = isShared ? createReaders({ ...files, role: 'reader' }) : undefined;

  const perform = (kind: Access, call: SqliteCall) => {
    if (kind === 'read' && readers) return readers.read(call);
    if (kind !== 'write') return ask({ type: 'read', call });
    const bytes = senderBytes(call);
    return commits.add({ call, bytes }, bytes);
  };
  const askOrEnd = (type: 'vacuum' | 'compact') =>
    ask({ type }).catch((error: unknown) => {
      endIfFatal(error);
      throw error;
    });
  const methods = createMethods(perform);
  return {
    ...methods,
    settleWith: (...args) => orStatementError(methods.settleWith(...args)),
    list: (filter) => listInParts(methods.list, filter),
    // Each step in its own commit, and the keys first: one commit is not atomic across two files.
    beginEncryption: async (check, owner, key, now) => {
      if (await methods.anyStored()) return;
      await methods.addMasterKeyCheck(check);
      const added = await methods.addDataKey(owner, key, now);
      if (added) await methods.setEncryptedUnder(added.id);
    },
    compact: async () => {
      while (await askOrEnd('vacuum'));
      for (let count = 1; !(await askOrEnd('compact')); count++) {
        if (count === compactions.max) throw readTooLong(path);
        await wait(compactions.everyMs);
      }
    },
    close: async () => {
      await commits.close();
      await readers?.close();
      await ask({ type: 'close' });
    },
  };
}

/** @throws StatementError if a statement of a handler failed. */
async function orStatementError(settled: Promise<boolean>): Promise<boolean> {
  const result = await settled.catch((error: unknown) => {
    throw error instanceof SqliteError && faultOf(error) === 'row' ? new StatementError(error.code) : error;
  });
  // The thread returns a failure as a value, so that the commit goes on.
  const { failedWith } = Object(result) as Partial<FailedStatement>;
  if (failedWith !== undefined) throw new StatementError(failedWith);
  return result;
}

function createMethods(
  perform: (kind: Access, call: SqliteCall) => Promise<unknown>,
): Omit<StoreEngine, 'beginEncryption' | 'compact' | 'partitions' | 'close'> {
  const shared = Object.entries(sharedOperations).map(
    ([name, operation]) => [name, lookUps.has(name) ? 'look-up' : operation.access] as const,
  );
  const kinds = [...shared, ...Object.entries(access)] as [keyof SqliteOperations, Access][];
  const methods = kinds.map(([name, kind]) => [name, (...args: unknown[]) => perform(kind, { name, args })]);
  // The tables have every operation, and the thread returns what the operation of that name returns.
  return Object.fromEntries(methods) as Omit<
    StoreEngine,
    'beginEncryption' | 'compact' | 'partitions' | 'close'
  >;
}

async function listInParts(
  list: StoreEngine['list'],
  filter: Parameters<StoreEngine['list']>[0],
): ReturnType<StoreEngine['list']> {
  const rows = await list({ ...filter, limit: Math.min(filter.limit, rowsPerRead) });
  let last = rows.length;
  while (last === rowsPerRead && rows.length < filter.limit) {
    const limit = Math.min(filter.limit - rows.length, rowsPerRead);
    const part = await list({ ...filter, before: rows.at(-1)?.id ?? null, limit });
    rows.push(...part);
    last = part.length;
  }
  return rows;
}

function readTooLong(path: string): SqliteError {
  return new SqliteError({
    message: `Another process has read ${path} for too long, so dropped data stays in its write-ahead log. Wait until that process ends, and run the command again.`,
  });
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
