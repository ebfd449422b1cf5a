import { randomBytes, randomUUID } from 'node:crypto';
import { createDataKey, type DataKey } from './data-key.ts';
import type { KeyTable, MasterKeyCheck, WrappedKey } from './key-table.ts';
import type { MasterKey } from './master-keys.ts';

/** The given master keys. */
export interface KeyRing {
  /** Id of the master key that wraps new data keys. */
  readonly currentId: string;
  /** Proves the current master key at a later start. */
  readonly currentCheck: MasterKeyCheck;
  /** @throws Error if the master key of that id is missing, or if it is another key. */
  assertMasterKey(check: MasterKeyCheck): void;
  unwrap(key: WrappedKey): Uint8Array;
  wrap(id: string, key: Uint8Array): WrappedKey;
  /** Creates a data key for an owner that has none. */
  add(keys: KeyTable, owner: string): Promise<WrappedKey>;
}

export function createKeyRing(masterKeys: readonly MasterKey[]): KeyRing {
  const byId = new Map(masterKeys.map(({ id, key }) => [id, createDataKey(id, key)]));
  const currentId = masterKeys[0]?.id ?? '';
  const masterKey = (id: string): DataKey => {
    const key = byId.get(id);
    if (!key)
      throw new Error(
        `Master key "${id}", which wraps data keys of this database, is missing. Add it after the first.`,
      );
    return key;
  };
  const wrap = (id: string, key: Uint8Array) => ({
    id,
    masterKey: currentId,
    wrapped: masterKey(currentId).encrypt(key, `data key ${id}`),
  });
  return {
    currentId,
    currentCheck: {
      id: currentId,
      checkValue: masterKey(currentId).encrypt(Buffer.from('master key'), 'mark'),
    },
    assertMasterKey: ({ id, checkValue }) => {
      const key = masterKey(id);
      try {
        key.decrypt(checkValue, 'mark');
      } catch (error) {
        throw new Error(
          `Master key "${id}" is not the key of that id that wraps data keys of this database. Give the right key.`,
          { cause: error },
        );
      }
    },
    unwrap: ({ id, masterKey: by, wrapped }) => masterKey(by).decrypt(wrapped, `data key ${id}`),
    wrap,
    add: (keys, owner) => keys.addDataKey(owner, wrap(randomUUID(), randomBytes(32)), new Date()),
  };
}
