import type { KeyTable, WrappedKey } from '../encryption/key-table.ts';
import * as sql from './key-statements.ts';
import { bytes, type Row, type SqliteSession } from './sqlite-session.ts';
import type { Synchronous } from './synchronous.ts';

/** What is done with keys. All but the last three need the file of the keys. */
export function createKeyOperations({ run, one, all }: SqliteSession): Synchronous<KeyTable> {
  const dataKeyOf = (owner: string) => {
    const row = one(sql.dataKeyOf, { owner });
    return row && readKey(row);
  };
  return {
    masterKeyChecks: () =>
      all(sql.masterKeyChecks).map(({ id, sealed }) => ({ id: String(id), sealed: bytes(sealed) })),
    addMasterKeyCheck: ({ id, sealed }) => void run(sql.addMasterKeyCheck, { id, sealed }),
    dropUnusedMasterKeys: (current) => void run(sql.dropUnusedMasterKeys, { current }),
    dataKey: (id) => {
      const row = one(sql.dataKey, { id });
      return row && readKey(row);
    },
    dataKeyOf,
    addDataKey: (owner, key, now) => {
      run(sql.addDataKey, { ...key, owner, madeAt: now.getTime() });
      return dataKeyOf(owner) ?? key;
    },
    dropDataKey: (owner) => void run(sql.dropDataKey, { owner }),
    dataKeysToRewrap: (current, limit) => all(sql.dataKeysToRewrap, { current, limit }).map(readKey),
    replaceDataKeys: (keys) => {
      for (const key of keys) run(sql.replaceDataKey, { ...key });
    },
    encryptedUnder: () => {
      const row = one(sql.encryptedUnder);
      return row && String(row['own_key']);
    },
    setEncryptedUnder: (ownKey) => void run(sql.setEncryptedUnder, { ownKey }),
    isEmpty: () => one(sql.anyCallback) === undefined,
  };
}

function readKey(row: Row): WrappedKey {
  return { id: String(row['id']), masterKey: String(row['master_key']), wrapped: bytes(row['wrapped']) };
}
