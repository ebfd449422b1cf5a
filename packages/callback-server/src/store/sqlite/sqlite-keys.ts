import type { KeyTable } from '../encryption/key-table.ts';
import { readMasterKeyCheck, readWrappedKey, textIn } from '../engine/read-rows.ts';
import * as sql from '../engine/shared-statements.ts';
import type { SqliteSession, Synchronous } from './sqlite-session.ts';
import { replaceDataKey } from './statements.ts';

/** All but the last three operations need the attached file of the keys. */
export function createKeyOperations({ run, one, all }: SqliteSession): Synchronous<KeyTable> {
  const dataKeyOf = (owner: string) => {
    const row = one(sql.dataKeyOf, { owner });
    return row && readWrappedKey(row);
  };
  return {
    masterKeyChecks: () => all(sql.masterKeyChecks).map(readMasterKeyCheck),
    addMasterKeyCheck: ({ id, checkValue }) => void run(sql.addMasterKeyCheck, { id, checkValue }),
    dropUnusedMasterKeys: (current) => void run(sql.dropUnusedMasterKeys, { current }),
    dataKey: (id) => {
      const row = one(sql.dataKey, { id });
      return row && readWrappedKey(row);
    },
    dataKeyOf,
    addDataKey: (owner, key, now) => {
      run(sql.addDataKey, { ...key, owner, madeAt: now });
      return dataKeyOf(owner) ?? key;
    },
    dropDataKey: (owner) => void run(sql.dropDataKey, { owner }),
    dataKeysToRewrap: (current, limit) => all(sql.dataKeysToRewrap, { current, limit }).map(readWrappedKey),
    replaceDataKeys: (keys) => {
      for (const key of keys) run(replaceDataKey, { ...key });
    },
    encryptedUnder: () => {
      const row = one(sql.encryptedUnder);
      return row && textIn(row, 'own_key');
    },
    setEncryptedUnder: (storeKey) => void run(sql.setEncryptedUnder, { storeKey }),
    isEmpty: () => one(sql.anyCallback) === undefined,
  };
}
