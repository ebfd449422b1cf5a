import { accessSync, constants, existsSync, lstatSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { assertKnownSchema, migrationFiles } from '../engine/migration-files.ts';
import type { StoreAccess } from '../engine/store-options.ts';
import { createDatabase } from './create-database.ts';
import { lockDatabase } from './lock-database.ts';
import { assertLocalFileSystem } from './network-file-system.ts';
import { damagedCode, primaryCodeOf } from './sqlite-error.ts';

/** Tables by which a database of this server is recognised. */
const ownTables = {
  main: ['callbacks', 'receipts', 'deliveries', 'audit'],
  keys: ['data_keys', 'master_keys'],
};

/**
 * Rejects a file that cannot be opened safely. Creates a missing database, if that is allowed.
 *
 * @throws Error naming the file.
 */
export function assertDatabaseFile(path: string, access: StoreAccess, schema: 'main' | 'keys'): void {
  if (access === 'create') createMissing(path, schema);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found)
    throw schema === 'keys'
      ? keysError(path, 'is missing')
      : new Error(`DATABASE_URL names ${path}, which does not exist. ${whatCreates}`);
  assertSafeFile(path, found);
  if (access !== 'read') assertWritableFolder(path);
  if (found.size === 0)
    throw schema === 'keys' ? keysError(path, 'is empty') : emptyError(path, 'an empty file', access);
  assertLocalFileSystem(path);
}

function createMissing(path: string, schema: 'main' | 'keys'): void {
  const folder = dirname(path);
  if (!existsSync(folder))
    throw new Error(`DATABASE_URL names ${path}, whose folder does not exist. Create the folder.`);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() && !existsSync(path))
    throw new Error(`DATABASE_URL names ${path}, a link to a file that does not exist. Remove the link.`);
  if (found) return;
  assertNoLog(path);
  assertLocalFileSystem(folder);
  try {
    // The server of the main database has its lock by then.
    const lock = schema === 'main' ? lockDatabase(path) : undefined;
    try {
      if (!existsSync(path)) createDatabase(path, schema);
    } finally {
      lock?.close();
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    throw new Error(
      `DATABASE_URL names ${path}, which this user cannot create (${error.code}). Check the owner and mode of its folder, or name another folder.`,
      { cause: error },
    );
  }
}

/**
 * The error of a database without content. The server never leaves such a database, because it creates a database
 * whole.
 */
function emptyError(path: string, what: string, access: StoreAccess): Error {
  const problem = `DATABASE_URL names ${path}, which is ${what}`;
  return new Error(
    access === 'create'
      ? `${problem}: a database that has lost its content, or a restore that failed. Restore a backup, or delete the file to begin with an empty database.`
      : `${problem}. ${whatCreates}`,
  );
}

/** The error of a file that is not the file of the data keys. */
function keysError(path: string, problem: string): Error {
  return new Error(
    `${path}, the file of the data keys, ${problem}. Restore it from your backup, or run without MASTER_KEYS if nothing is encrypted.`,
  );
}

/** The error of a file that SQLite cannot read: it is damaged, or no database. */
export function unreadableFile(path: string, schema: 'main' | 'keys', error: unknown): Error {
  const isDatabase = primaryCodeOf(error) === damagedCode;
  if (schema === 'keys') return keysError(path, isDatabase ? 'is damaged' : 'is not a SQLite database');
  const message = isDatabase
    ? `The database ${path} is damaged. ${whatRestores}`
    : `DATABASE_URL names ${path}, which is not a SQLite database. Check the path.`;
  return new Error(message, { cause: error });
}

/** What to do with a damaged database. */
export const whatRestores =
  'Restore a backup, or save what is readable with `.recover` of the program sqlite3.';

const whatCreates = 'Check the path. Only `serve` and `migrate` create a database.';

/** SQLite would delete the log, which may hold the newest callbacks. */
function assertNoLog(path: string): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log && log.size > 0)
    throw new Error(
      `${path} is missing, but its write-ahead log ${path}-wal exists. Restore the database beside its log, or move the log away to begin with an empty database.`,
    );
}

function assertSafeFile(path: string, found: Stats): void {
  if (!found.isFile()) throw new Error(`DATABASE_URL names ${path}, which is not a file. Name a file.`);
  // Each name would have a log and a lock of its own.
  if (found.nlink > 1)
    throw new Error(
      `${path} has ${found.nlink} names (hard links), so that two servers could use it. Leave only one name.`,
    );
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new Error(
      `DATABASE_URL names ${path}, which this user cannot read and write. Check its owner, mode and file system.`,
      { cause: error },
    );
  }
}

/** SQLite creates its log and its index beside the file. */
function assertWritableFolder(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `DATABASE_URL names ${path}, in whose folder this user cannot create files. Check the owner and mode of the folder.`,
      { cause: error },
    );
  }
}

/**
 * Rejects a database of another program, or of a version that this version cannot use.
 *
 * @throws Error naming the file.
 */
export function assertCallbackDatabase(
  database: DatabaseSync,
  schema: 'main' | 'keys',
  path: string,
  access: StoreAccess,
): void {
  const version = Number(database.prepare(`PRAGMA ${schema}.user_version`).get()?.['user_version']);
  const known = migrationFiles(schema === 'main' ? 'sqlite' : 'sqlite-keys').length;
  assertKnownSchema(version, known);
  const tables = database
    .prepare(`SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table'`)
    .all()
    .map(({ name }) => name);
  if (tables.length === 0 && schema === 'main') throw emptyError(path, 'a database without tables', access);
  const missing = ownTables[schema].find((table) => !tables.includes(table));
  if (missing !== undefined || version === 0)
    throw new Error(
      `DATABASE_URL names ${path}, which is not a database of the callback server: it has no ${missing ? `table ${missing}` : 'schema version'}. ${whatCreates}`,
    );
  if (access === 'read' && version !== known)
    throw new Error(
      `The database ${path} has schema ${version}, but this version reads schema ${known}. Run \`migrate\`, or the version that uses the database.`,
    );
}
