import { DatabaseSync } from 'node:sqlite';
import { openStore, sqlitePath } from '../../../packages/callback-server/src/store/open-store.ts';
import type { Database, Databases } from '../databases/database.ts';
import { type Effect, readEffect } from './effect.ts';

/** A user's table in the database of the callbacks. */
export interface EffectsTable {
  /** The statement that writes an effect: merchant, number and part. */
  readonly insertEffect: string;
  /** Reads all effects, in the order of their commits. */
  effects(): Promise<readonly Effect[]>;
}

const selectEffects = 'SELECT merchant, number, part FROM effects ORDER BY sequence';

/** Creates the table before any server uses the database. */
export async function createEffectsTable({ url }: Database, { cluster }: Databases): Promise<EffectsTable> {
  if (cluster) {
    await cluster.query(url, createTable('bigserial PRIMARY KEY'));
    return {
      insertEffect: insertWith('$1, $2, $3'),
      effects: async () => (await cluster.query(url, selectEffects)).map(readEffect),
    };
  }
  // The server refuses a database of another program, so its own tables are created first.
  await (await openStore(url, { onFatal: () => {} })).close();
  const path = sqlitePath(url) ?? '';
  const query = (statement: string, readOnly: boolean) => {
    const database = new DatabaseSync(path, { readOnly });
    try {
      return database.prepare(statement).all();
    } finally {
      database.close();
    }
  };
  query(createTable('INTEGER PRIMARY KEY'), false);
  return {
    insertEffect: insertWith('?, ?, ?'),
    effects: async () => query(selectEffects, true).map(readEffect),
  };
}

function createTable(sequence: string): string {
  return `CREATE TABLE effects (sequence ${sequence}, merchant text, number integer, part text)`;
}

function insertWith(parameters: string): string {
  return `INSERT INTO effects (merchant, number, part) VALUES (${parameters})`;
}
