import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createPrivateFile } from './private-file.ts';
import { busyCode, primaryCodeOf, SqliteError } from './sqlite-error.ts';

/** The file beside a database that the server of the database keeps locked. */
export function lockPath(path: string): string {
  return `${path}-lock`;
}

/**
 * Locks a database for one server, until `close` or the end of the process. The lock is on a file of its own, so that
 * others can read the database, and so that the lock survives a replaced database. The file stays: a server that deleted
 * it could delete the lock of the next server.
 *
 * @throws Error if another process has the lock.
 */
export function lockDatabase(path: string): DatabaseSync {
  const file = lockPath(withoutLinks(path));
  createPrivateFile(file);
  const lock = new DatabaseSync(file);
  try {
    // The transaction stays open, and writes nothing.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw primaryCodeOf(error) === busyCode ? heldElsewhere(path) : error;
  }
}

/** One lock is for all symbolic links to the database. The database itself may not exist yet. */
function withoutLinks(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
}

export function heldElsewhere(path: string): SqliteError {
  return new SqliteError({
    message: `Another process has ${path} open. Stop that process first, or use the admin API of the running server.`,
    errcode: busyCode,
  });
}
