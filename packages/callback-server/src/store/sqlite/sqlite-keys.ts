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
    masterKeyMarks: () =>
      all(sql.masterKeyMarks).map(({ id, sealed }) => ({ id: String(id), sealed: bytes(sealed) })),
    markMasterKey: ({ id, sealed }) => void run(sql.markMasterKey, { id, sealed }),
    dropIdleMasterKeys: (current) => void run(sql.dropIdleMasterKeys, { current }),
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
    sealedUnder: () => {
      const row = one(sql.sealedUnder);
      return row && String(row['own_key']);
    },
    sealUnder: (ownKey) => void run(sql.sealUnder, { ownKey }),
    isEmpty: () => one(sql.anyCallback) === undefined,
  };
}

function readKey(row: Row): WrappedKey {
  return { id: String(row['id']), masterKey: String(row['master_key']), wrapped: bytes(row['wrapped']) };
}
