import { realpathSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { StoreAccess } from '../engine/store-options.ts';
import { assertCallbackDatabase, assertDatabaseFile, unreadableFile } from './assert-callback-database.ts';
import { heldElsewhere, lockDatabase } from './lock-database.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import {
  busyCode,
  damagedCode,
  fullCode,
  indexTooSmall,
  notADatabaseCode,
  primaryCodeOf,
  toFault,
} from './sqlite-error.ts';

/** SQLite truncates a write-ahead log to this size when the log begins again. */
export const maxLogBytes = 64 * 2 ** 20;
/** How long a statement waits for another process, such as an export that records itself in the audit. */
export const busyTimeoutMs = 2000;

/** The settings that durability depends on. Each is read back: a build or a file system may ignore a setting silently. */
const settings = {
  journal_mode: { set: 'WAL', reads: 'wal' },
  synchronous: { set: 'FULL', reads: 2 },
  // SQLite hides a failed checkpoint of its own.
  wal_autocheckpoint: { set: '0', reads: 0 },
  journal_size_limit: { set: String(maxLogBytes), reads: maxLogBytes },
  foreign_keys: { set: 'ON', reads: 1 },
  secure_delete: { set: 'ON', reads: 1 },
} as const;

/**
 * How a connection uses the file. Several connections share a file through an index in shared memory. A connection
 * that is `alone` needs no such index, and therefore no free space.
 */
export type Sharing = 'shared' | 'alone';

export interface OpenedSqlite {
  readonly database: DatabaseSync;
  readonly schemas: readonly ('main' | 'keys')[];
  /** The files of the schemas, without symbolic links: SQLite names its other files after them. */
  readonly paths: readonly string[];
  readonly sharing: Sharing;
  /** Closes the database, and then gives up its lock. */
  readonly close: () => void;
}

/**
 * Opens a database that can be trusted with callbacks, migrated to the schema of this version.
 *
 * @param keysPath - The file of the data keys, if there is encryption. It is attached as the schema `keys`.
 * @throws Error if there is no such database, or if SQLite cannot guarantee durable commits.
 */
export function openSqlite(
  path: string,
  keysPath: string | undefined,
  access: StoreAccess = 'create',
): OpenedSqlite {
  assertDatabaseFile(path, access, 'main');
  try {
    return connect(path, keysPath, access, 'shared');
  } catch (error) {
    // A full disk has no room for the index in shared memory.
    if (access === 'read' || !isOutOfSpace(error)) throw error;
    return connect(path, keysPath, access, 'alone');
  }
}

/** Opens a further connection, which cannot write, to a database that `openSqlite` has opened. */
export function openReader(path: string, keysPath: string | undefined): DatabaseSync {
  const database = new DatabaseSync(existingFile(path), { timeout: busyTimeoutMs });
  database.exec('PRAGMA temp_store = MEMORY');
  if (keysPath !== undefined) database.prepare('ATTACH DATABASE ? AS keys').run(existingFile(keysPath));
  database.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON');
  return database;
}

/** The name of a database for SQLite. If the file has been deleted, SQLite fails, and creates no new file. */
function existingFile(path: string): string {
  return `${pathToFileURL(path)}?mode=rw`;
}

function connect(
  path: string,
  keysPath: string | undefined,
  access: StoreAccess,
  sharing: Sharing,
): OpenedSqlite {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  let lock: DatabaseSync | undefined;
  let current: { schema: 'main' | 'keys'; file: string } = { schema: 'main', file: path };
  const close = () => {
    database.close();
    lock?.close();
  };
  try {
    // Before the first read, which decides whether the index is in shared memory.
    database.exec(`PRAGMA locking_mode = ${sharing === 'alone' ? 'EXCLUSIVE' : 'NORMAL'}`);
    assertSafeVersion(database);
    // Keeps SQLite's temporary data in memory: it contains personal data.
    database.exec('PRAGMA temp_store = MEMORY');
    const setUp = ({ schema, file }: typeof current) => {
      assertCallbackDatabase(database, schema, file, access);
      // Only now, so that no lock is left beside the database of another program.
      if (access !== 'read') lock ??= lockDatabase(path);
      applySettings(database, schema, file);
      if (access !== 'read') migrateSqlite(database, schema);
    };
    setUp(current);
    if (keysPath !== undefined) {
      assertDatabaseFile(keysPath, access, 'keys');
      current = { schema: 'keys', file: keysPath };
      database.prepare('ATTACH DATABASE ? AS keys').run(keysPath);
      setUp(current);
    }
  } catch (error) {
    close();
    const code = primaryCodeOf(error);
    if (code === notADatabaseCode || code === damagedCode)
      throw unreadableFile(current.file, current.schema, error);
    throw code === busyCode ? heldElsewhere(path) : error;
  }
  const paths = (keysPath === undefined ? [path] : [path, keysPath]).map((file) => realpathSync(file));
  return { database, schemas: keysPath === undefined ? ['main'] : ['main', 'keys'], paths, sharing, close };
}

function applySettings(database: DatabaseSync, schema: 'main' | 'keys', path: string): void {
  for (const [name, { set, reads }] of Object.entries(settings)) {
    database.exec(`PRAGMA ${schema}.${name} = ${set}`);
    const value = Object.values(database.prepare(`PRAGMA ${schema}.${name}`).get() ?? {})[0];
    if (value !== reads)
      throw new Error(
        `SQLite cannot set ${name} to ${set} for ${path}: it stays ${value}. Use a local file system that supports it.`,
      );
  }
}

/** What SQLite reports if it cannot write its index: IOERR_SHMOPEN, IOERR_SHMSIZE, IOERR_SHMMAP, FULL. */
function isOutOfSpace(error: unknown): boolean {
  return [4618, indexTooSmall, 5386, fullCode].includes(toFault(error).errcode ?? 0);
}

function assertSafeVersion(database: DatabaseSync): void {
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  if (losesCommits(version))
    throw new Error(`SQLite ${version} can lose committed data. Use a Node.js with SQLite 3.51.3 or newer.`);
}

/** From 3.7.0 to 3.51.2, except for two fixed versions, a WAL reset can drop committed data. */
export function losesCommits(sqliteVersion: string): boolean {
  const [major = 0, minor = 0, patch = 0] = sqliteVersion.split('.').map(Number);
  const number = major * 1_000_000 + minor * 1000 + patch;
  const isBroken = number >= 3_007_000 && number <= 3_051_002;
  return isBroken && sqliteVersion !== '3.50.7' && sqliteVersion !== '3.44.6';
}
