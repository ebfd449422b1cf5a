import type { DatabaseSync } from 'node:sqlite';
import { createCheckpoints } from './checkpoints.ts';
import { busyTimeoutMs, maxLogBytes, openSqlite, type Sharing } from './open-sqlite.ts';
import { createCaller, inSavepoint, inTransaction } from './sqlite-calls.ts';
import { damagedCode, fullCode, primaryCodeOf } from './sqlite-error.ts';
import type { RequestHandler, SqliteCall, SqliteFiles } from './sqlite-requests.ts';
import { StoreFileError } from './store-file-error.ts';
import { type FileWatch, watchFiles } from './watch-files.ts';

/** How often the files are checked while nothing is committed. */
const checkFilesEveryMs = 1000;
/** Free pages that one request gives back: about a megabyte, so that callbacks to be stored wait only for milliseconds. */
const pagesPerVacuum = 256;

/**
 * Opens a database for writing, and handles requests. Unless the access is `read`, this process holds the database's lock.
 *
 * @param onFault - Called with the fault of a checkpoint, and when another program has changed a file.
 */
export function createSqliteWriter(
  { path, keysPath, access }: SqliteFiles,
  onFault: (error: unknown) => void,
): RequestHandler & { readonly sharing: Sharing } {
  const { database, schemas, paths, sharing, close } = openSqlite(path, keysPath, access);
  const checkpoints = createCheckpoints(database, schemas, busyTimeoutMs);
  const call = createCaller(database);
  /** Whether this process holds the lock. Another process may then only read, and add to the audit. */
  const isOwner = access !== 'read';
  const files = isOwner ? createFileGuard(watchFiles(paths, maxLogBytes), onFault) : undefined;

  const vacuum = createVacuum(database, schemas);
  const makeCheckpoints = <Result>(make: () => Result): Result => {
    try {
      return make();
    } finally {
      // A checkpoint writes the database even if it fails, such as on a full disk.
      files?.accept();
    }
  };
  const onFullDiskToo = <Result>(write: () => Result): Result => {
    try {
      return write();
    } catch (error) {
      if (primaryCodeOf(error) !== fullCode || !isOwner) throw error;
      // A log that begins again needs no more space, and the database may have free pages.
      makeCheckpoints(checkpoints.makeAll);
      return write();
    }
  };
  /** What a handler's statement writes before it fails is undone alone. */
  const callSafely = (each: SqliteCall) =>
    each.name === 'settleWith' ? inSavepoint(database, () => call(each)) : call(each);
  const commit = (calls: readonly SqliteCall[]) =>
    inTransaction(database, 'BEGIN IMMEDIATE', () => calls.map(callSafely));
  const end = () => {
    files?.stop();
    return closeAfter(() => isOwner && checkpoints.empty(), close);
  };
  return {
    sharing,
    handle: (request) => {
      if (request.type === 'read') return call(request.call);
      if (request.type === 'close') return end();
      files?.check();
      if (request.type === 'vacuum') return onFullDiskToo(vacuum);
      if (request.type === 'compact') return makeCheckpoints(checkpoints.empty);
      const results = onFullDiskToo(() => commit(request.calls));
      files?.check(); // A commit into a file that is gone must not be acknowledged.
      return results;
    },
    afterCommit: () => {
      try {
        if (isOwner && checkpoints.areDue()) makeCheckpoints(checkpoints.makeDue);
      } catch (error) {
        onFault(error);
      }
    },
  };
}

function closeAfter(lastStep: () => void, close: () => void): void {
  try {
    lastStep();
  } finally {
    close();
  }
}

/** Creates a function that gives some free pages back to the disk, and returns whether more pages are free. */
function createVacuum(database: DatabaseSync, schemas: readonly string[]): () => boolean {
  const numberOf = (pragma: string) => Number(Object.values(database.prepare(pragma).get() ?? {})[0]);
  // A database of an earlier version has no map of its pages, and cannot shrink.
  const shrinkable = schemas.filter((schema) => numberOf(`PRAGMA ${schema}.auto_vacuum`) !== 0);
  return () => {
    try {
      for (const schema of shrinkable)
        database.exec(`PRAGMA ${schema}.incremental_vacuum(${pagesPerVacuum})`);
    } catch (error) {
      // A damaged page cannot be moved. The free pages stay, and new data uses them.
      if (primaryCodeOf(error) === damagedCode) return false;
      throw error;
    }
    return shrinkable.some((schema) => numberOf(`PRAGMA ${schema}.freelist_count`) > 0);
  };
}

function createFileGuard(watch: FileWatch, onFault: (error: unknown) => void) {
  const orThrow = (check: () => void) => {
    try {
      check();
    } catch (error) {
      if (error instanceof StoreFileError) watch.setAsideLogs(error);
      throw error;
    }
  };
  const timer = setInterval(() => {
    try {
      orThrow(watch.checkAll);
    } catch (error) {
      clearInterval(timer);
      onFault(error);
    }
  }, checkFilesEveryMs);
  return {
    check: () => orThrow(watch.check),
    accept: watch.accept,
    stop: () => {
      clearInterval(timer);
      watch.close();
    },
  };
}
