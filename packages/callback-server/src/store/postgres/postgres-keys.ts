import type { KeyTable, WrappedKey } from '../encryption/key-table.ts';
import * as sql from './key-statements.ts';
import { bytes, type Query, type Row } from './postgres-query.ts';

/** What is done with keys. */
export function createPostgresKeys(query: Query): KeyTable {
  const one = async (text: string, values: readonly unknown[]) => {
    const [row] = await query(text, values);
    return row && readKey(row);
  };
  const run = async (text: string, values: readonly unknown[]) => {
    await query(text, values);
  };
  return {
    masterKeyChecks: async () =>
      (await query(sql.masterKeyChecks)).map(({ id, sealed }) => ({ id: String(id), sealed: bytes(sealed) })),
    addMasterKeyCheck: ({ id, sealed }) => run(sql.addMasterKeyCheck, [id, sealed]),
    dropUnusedMasterKeys: (current) => run(sql.dropUnusedMasterKeys, [current]),
    dataKey: (id) => one(sql.dataKey, [id]),
    dataKeyOf: (owner) => one(sql.dataKeyOf, [owner]),
    addDataKey: async (owner, key, now) => {
      await run(sql.addDataKey, [key.id, owner, key.masterKey, key.wrapped, now]);
      return (await one(sql.dataKeyOf, [owner])) ?? key;
    },
    dropDataKey: (owner) => run(sql.dropDataKey, [owner]),
    dataKeysToRewrap: async (current, limit) =>
      (await query(sql.dataKeysToRewrap, [current, limit])).map(readKey),
    replaceDataKeys: (keys) =>
      run(sql.replaceDataKeys, [
        keys.map(({ id }) => id),
        keys.map(({ masterKey }) => masterKey),
        keys.map(({ wrapped }) => wrapped),
      ]),
    encryptedUnder: async () => {
      const [row] = await query(sql.encryptedUnder);
      return row && String(row['own_key']);
    },
    setEncryptedUnder: (ownKey) => run(sql.setEncryptedUnder, [ownKey]),
    isEmpty: async () => (await query(sql.anyCallback)).length === 0,
  };
}

function readKey(row: Row): WrappedKey {
  return { id: String(row['id']), masterKey: String(row['master_key']), wrapped: bytes(row['wrapped']) };
}
