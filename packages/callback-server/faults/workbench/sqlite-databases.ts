import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Database, Databases } from './databases.ts';

/** SQLite files, each in a folder of its own on the machine's disk. */
export function sqliteDatabases(): Databases {
  return {
    create: async () => sqliteDatabase(mkdtempSync(join(tmpdir(), 'callback-faults-'))),
    stop: async () => {},
  };
}

/** A SQLite file in a folder, which goes when the database is removed. */
export function sqliteDatabase(folder: string): Database {
  const path = join(folder, 'callbacks.db');
  return {
    url: `sqlite:${path}`,
    keptMerchants: async () => {
      // What lost even its tables keeps nothing.
      const tables = readCopy(path, `SELECT name FROM sqlite_schema WHERE name = 'callbacks'`);
      const rows = tables.length > 0 ? readCopy(path, 'SELECT merchant FROM callbacks') : [];
      return new Set(rows.map((row) => String(row['merchant'])));
    },
    receipts: async () => {
      const rows = readCopy(
        path,
        `SELECT sha256(coalesce(differing_body, body)) AS hash, count(*) AS count
        FROM receipts JOIN callbacks ON callbacks.sequence = callback_sequence GROUP BY 1`,
      );
      return new Map(rows.map((row) => [String(row['hash']), Number(row['count'])]));
    },
    checkIntegrity: async () => {
      const [found] = readCopy(path, 'PRAGMA integrity_check');
      if (found?.['integrity_check'] !== 'ok')
        throw new Error(`SQLite found ${path} damaged: ${JSON.stringify(found)}`);
    },
    files: () => readdirSync(folder).map((name) => join(folder, name)),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

/** Reads a copy, because whoever opens the file after a crash mends it, and that is left to the server. */
function readCopy(path: string, query: string) {
  const copy = `${path}-copy`;
  try {
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
    const database = new DatabaseSync(copy);
    database.function('sha256', (bytes) =>
      createHash('sha256')
        .update(bytes as Uint8Array)
        .digest('hex'),
    );
    const rows = database.prepare(query).all();
    database.close();
    return rows;
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
  }
}
