import type { KeyTable } from '../encryption/key-table.ts';
import { readMasterKeyCheck, readWrappedKey, textIn } from '../engine/read-rows.ts';
import * as sql from '../engine/shared-statements.ts';
import type { PostgresSession, Values } from './postgres-session.ts';
import { replaceDataKeys } from './statements.ts';

export function createPostgresKeys(session: PostgresSession): KeyTable {
  const { one, all } = session;
  const run = async (text: string, values: Values) => {
    await session.run(text, values);
  };
  const wrappedKey = async (text: string, values: Values) => {
    const row = await one(text, values);
    return row && readWrappedKey(row);
  };
  return {
    masterKeyChecks: async () => (await all(sql.masterKeyChecks)).map(readMasterKeyCheck),
    addMasterKeyCheck: ({ id, checkValue }) => run(sql.addMasterKeyCheck, { id, checkValue }),
    dropUnusedMasterKeys: (current) => run(sql.dropUnusedMasterKeys, { current }),
    dataKey: (id) => wrappedKey(sql.dataKey, { id }),
    dataKeyOf: (owner) => wrappedKey(sql.dataKeyOf, { owner }),
    addDataKey: async (owner, key, now) => {
      await run(sql.addDataKey, { ...key, owner, madeAt: now });
      return (await wrappedKey(sql.dataKeyOf, { owner })) ?? key;
    },
    dropDataKey: (owner) => run(sql.dropDataKey, { owner }),
    dataKeysToRewrap: async (current, limit) =>
      (await all(sql.dataKeysToRewrap, { current, limit })).map(readWrappedKey),
    replaceDataKeys: (keys) =>
      run(replaceDataKeys, {
        ids: keys.map(({ id }) => id),
        masterKeys: keys.map(({ masterKey }) => masterKey),
        wrapped: keys.map(({ wrapped }) => wrapped),
      }),
    encryptedUnder: async () => {
      const row = await one(sql.encryptedUnder);
      return row && textIn(row, 'own_key');
    },
    setEncryptedUnder: (storeKey) => run(sql.setEncryptedUnder, { storeKey }),
    isEmpty: async () => (await all(sql.anyCallback)).length === 0,
  };
}
