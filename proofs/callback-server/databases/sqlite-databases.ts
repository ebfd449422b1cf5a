import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { createCallbackServer, type MasterKey } from '@partner-ecosystem/callback-server';
import { token } from '../server/server-process.ts';
import { type Database, type Databases, selectBodies } from './database.ts';

/** SQLite files, each in a folder of its own on the machine's disk. */
export const sqliteDatabases: Databases = {
  create: async () => sqliteDatabase(mkdtempSync(join(tmpdir(), 'callback-faults-'))),
  remove: async () => {},
};

/**
 * A SQLite file in `folder`. Removing the database removes the folder.
 *
 * @param masterKey - Decrypts the callbacks, if the server encrypts them.
 */
export function sqliteDatabase(folder: string, masterKey?: MasterKey): Database {
  const path = join(folder, 'callbacks.db');
  return {
    url: `sqlite:${path}`,
    storedMerchants: async () => {
      if (masterKey) return withCopy(path, (copy) => decryptedMerchants(copy, masterKey));
      // A power cut can lose even the tables.
      const tables = await readCopy(path, `SELECT name FROM sqlite_schema WHERE name = 'callbacks'`);
      const rows = tables.length > 0 ? await readCopy(path, 'SELECT merchant FROM callbacks') : [];
      return new Set(rows.map((row) => String(row['merchant'])));
    },
    receivedBodies: async () => (await readCopy(path, selectBodies)).map((row) => row['body'] as Uint8Array),
    checkIntegrity: async () => {
      const [found] = await readCopy(path, 'PRAGMA integrity_check');
      if (found?.['integrity_check'] !== 'ok')
        throw new Error(`SQLite found ${path} damaged: ${JSON.stringify(found)}`);
    },
    files: () => readdirSync(folder).map((name) => join(folder, name)),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Reads the merchants of the callbacks that can be decrypted, body included. */
async function decryptedMerchants(path: string, masterKey: MasterKey): Promise<ReadonlySet<string>> {
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${path}`,
    callbackTokens: [token],
    masterKeys: [masterKey],
  });
  try {
    const stored = await server.callbacks.list({ limit: 1_000_000 });
    const whole = await Promise.all(stored.map(({ id }) => server.callbacks.get(id)));
    return new Set(whole.flatMap((callback) => (callback?.body && callback.merchantId) || []));
  } finally {
    await server.stop();
  }
}

function readCopy(path: string, query: string): Promise<Record<string, SQLOutputValue>[]> {
  return withCopy(path, async (copy) => {
    const database = new DatabaseSync(copy);
    const rows = database.prepare(query).all();
    database.close();
    return rows;
  });
}

/** Opens a copy: opening the file itself would recover it after a crash, which is the server's task. */
async function withCopy<Result>(path: string, read: (copy: string) => Promise<Result>): Promise<Result> {
  const copies = mkdtempSync(join(tmpdir(), 'callback-faults-'));
  try {
    const names = readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)));
    for (const name of names) copyFileSync(join(dirname(path), name), join(copies, name));
    return await read(join(copies, basename(path)));
  } finally {
    rmSync(copies, { recursive: true });
  }
}
