import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { createCallbackServer } from '../../../packages/callback-server/src/index.ts';
import { parseMasterKeys } from '../../../packages/callback-server/src/store/encryption/master-keys.ts';
import type { Database, Databases } from './databases.ts';
import { token } from './server-process.ts';

/** SQLite files, each in a folder of its own on the machine's disk. */
export function sqliteDatabases(): Databases {
  return {
    create: async () => sqliteDatabase(mkdtempSync(join(tmpdir(), 'callback-faults-'))),
    stop: async () => {},
  };
}

/**
 * A SQLite file in a folder, which goes when the database is removed.
 *
 * @param masterKeys - What opens it, where the server seals it.
 */
export function sqliteDatabase(folder: string, masterKeys?: string): Database {
  const path = join(folder, 'callbacks.db');
  return {
    url: `sqlite:${path}`,
    keptMerchants: async () => {
      if (masterKeys) return openCopy(path, (copy) => sealedMerchants(copy, masterKeys));
      // What lost even its tables keeps nothing.
      const tables = await readCopy(path, `SELECT name FROM sqlite_schema WHERE name = 'callbacks'`);
      const rows = tables.length > 0 ? await readCopy(path, 'SELECT merchant FROM callbacks') : [];
      return new Set(rows.map((row) => String(row['merchant'])));
    },
    receipts: async () => {
      const rows = await readCopy(
        path,
        `SELECT sha256(coalesce(differing_body, body)) AS hash, count(*) AS count
        FROM receipts JOIN callbacks ON callbacks.sequence = callback_sequence GROUP BY 1`,
      );
      return new Map(rows.map((row) => [String(row['hash']), Number(row['count'])]));
    },
    checkIntegrity: async () => {
      const [found] = await readCopy(path, 'PRAGMA integrity_check');
      if (found?.['integrity_check'] !== 'ok')
        throw new Error(`SQLite found ${path} damaged: ${JSON.stringify(found)}`);
    },
    files: () => readdirSync(folder).map((name) => join(folder, name)),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

/** The merchants whose callback can be opened, with its body. */
async function sealedMerchants(path: string, masterKeys: string): Promise<ReadonlySet<string>> {
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${path}`,
    callbackTokens: [token],
    masterKeys: parseMasterKeys(masterKeys),
  });
  try {
    const kept = await server.callbacks.list({ limit: 1_000_000 });
    const whole = await Promise.all(kept.map(({ id }) => server.callbacks.get(id)));
    return new Set(whole.flatMap((callback) => (callback?.body && callback.merchantId) || []));
  } finally {
    await server.stop();
  }
}

async function readCopy(path: string, query: string): Promise<Record<string, SQLOutputValue>[]> {
  return openCopy(path, async (copy) => {
    const database = new DatabaseSync(copy);
    database.function('sha256', (bytes) =>
      createHash('sha256')
        .update(bytes as Uint8Array)
        .digest('hex'),
    );
    const rows = database.prepare(query).all();
    database.close();
    return rows;
  });
}

/** Opens a copy, because whoever opens the file after a crash mends it, and that is left to the server. */
async function openCopy<Result>(path: string, read: (copy: string) => Promise<Result>): Promise<Result> {
  const copies = mkdtempSync(join(tmpdir(), 'callback-faults-'));
  try {
    const names = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
    for (const name of names) copyFileSync(join(dirname(path), name), join(copies, name));
    return await read(join(copies, basename(path)));
  } finally {
    rmSync(copies, { recursive: true });
  }
}
