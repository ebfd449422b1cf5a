import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrateSqlite } from './migrate-sqlite.ts';
import { assertLocalFileSystem } from './network-file-system.ts';
import { heldByAnother, SqliteError } from './sqlite-error.ts';

/** What durability rests on: set on opening, and read back, because a build or a file system may refuse quietly. */
const settings = {
  // The file belongs to this process until it ends, however it ends.
  locking_mode: { set: 'EXCLUSIVE', reads: 'exclusive' },
  journal_mode: { set: 'WAL', reads: 'wal' },
  synchronous: { set: 'FULL', reads: 2 },
  // SQLite keeps quiet about a checkpoint of its own that fails.
  wal_autocheckpoint: { set: '0', reads: 0 },
  journal_size_limit: { set: '67108864', reads: 67_108_864 },
  foreign_keys: { set: 'ON', reads: 1 },
  secure_delete: { set: 'ON', reads: 1 },
} as const;

/**
 * Opens a database that can be trusted with a callback, at the schema of this version.
 *
 * @param keysPath - Where the keys are kept, if they are in use. They are then its schema `keys`.
 * @throws Error where another process holds the file, or where SQLite cannot promise that a commit lasts.
 */
export function openSqlite(path: string, keysPath: string | undefined): DatabaseSync {
  makePrivate(path);
  const database = new DatabaseSync(path);
  try {
    assertSafeVersion(database);
    // What SQLite lays aside holds people's data, and is not to lie in a folder of temporary files.
    database.exec('PRAGMA temp_store = MEMORY');
    setUp(database, 'main', path);
    if (keysPath !== undefined) {
      makePrivate(keysPath);
      database.prepare('ATTACH DATABASE ? AS keys').run(keysPath);
      setUp(database, 'keys', keysPath);
    }
    return database;
  } catch (error) {
    database.close();
    if (!isLocked(error)) throw error;
    throw new SqliteError({
      message: `Another process has ${path} open. Run one callback server for each database file.`,
      errcode: heldByAnother,
    });
  }
}

/** The file is to hold people's data. What SQLite lays beside it gets the same mode. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  assertLocalFileSystem(path);
}

function setUp(database: DatabaseSync, schema: 'main' | 'keys', path: string): void {
  for (const [name, { set, reads }] of Object.entries(settings)) {
    database.exec(`PRAGMA ${schema}.${name} = ${set}`);
    const value = Object.values(database.prepare(`PRAGMA ${schema}.${name}`).get() ?? {})[0];
    if (value !== reads)
      throw new Error(
        `SQLite kept ${name} at ${value} for ${path}. Use a local file system that supports it.`,
      );
  }
  // Takes the lock now, and not with the first callback.
  database.exec('BEGIN EXCLUSIVE; COMMIT');
  migrateSqlite(database, schema);
}

function assertSafeVersion(database: DatabaseSync): void {
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  if (losesCommits(version))
    throw new Error(`SQLite ${version} can lose committed data. Run a Node with SQLite 3.51.3 or newer.`);
}

/** From 3.7.0 to 3.51.2, but for two that were mended, a reset of the WAL can drop what was committed. */
export function losesCommits(sqliteVersion: string): boolean {
  const [major = 0, minor = 0, patch = 0] = sqliteVersion.split('.').map(Number);
  const number = major * 1_000_000 + minor * 1000 + patch;
  const isBroken = number >= 3_007_000 && number <= 3_051_002;
  return isBroken && sqliteVersion !== '3.50.7' && sqliteVersion !== '3.44.6';
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === heldByAnother;
}
