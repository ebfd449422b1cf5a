import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrateSqlite } from './migrate-sqlite.ts';
import { assertLocalFileSystem } from './network-file-system.ts';
import { busyCode, SqliteError, toFault } from './sqlite-error.ts';

/** The settings that durability depends on. Each is read back, because a build or a file system may ignore it silently. */
const settings = {
  // The file belongs to this process until the process ends, however it ends.
  locking_mode: { set: 'EXCLUSIVE', reads: 'exclusive' },
  journal_mode: { set: 'WAL', reads: 'wal' },
  synchronous: { set: 'FULL', reads: 2 },
  // SQLite hides a failed checkpoint of its own.
  wal_autocheckpoint: { set: '0', reads: 0 },
  journal_size_limit: { set: '67108864', reads: 67_108_864 },
  foreign_keys: { set: 'ON', reads: 1 },
  secure_delete: { set: 'ON', reads: 1 },
} as const;

/**
 * Opens a database that can be trusted with callbacks, migrated to the schema of this version.
 *
 * @param keysPath - The file of the data keys, if there is encryption. It is attached as the schema `keys`.
 * @throws Error if another process has the file open, or if SQLite cannot guarantee durable commits.
 */
export function openSqlite(path: string, keysPath: string | undefined): DatabaseSync {
  makePrivate(path);
  const database = new DatabaseSync(path);
  try {
    assertSafeVersion(database);
    // Keeps SQLite's temporary data in memory: it contains personal data.
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
    if (toFault(error).errcode !== busyCode) throw error;
    throw new SqliteError({
      message: `Another process has ${path} open. Run one callback server for each database file.`,
      errcode: busyCode,
    });
  }
}

/** Creates the file for its owner only, because it contains personal data. SQLite gives its other files the same mode. */
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
        `SQLite cannot set ${name} to ${set} for ${path}: it stays ${value}. Use a local file system that supports it.`,
      );
  }
  // Takes the lock now, instead of with the first callback.
  database.exec('BEGIN EXCLUSIVE; COMMIT');
  migrateSqlite(database, schema);
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
