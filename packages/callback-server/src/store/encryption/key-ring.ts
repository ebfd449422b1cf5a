import { randomBytes, randomUUID } from 'node:crypto';
import { createDataKey, type DataKey } from './data-key.ts';
import type { KeyTable, WrappedKey } from './key-table.ts';
import type { MasterKey } from './master-keys.ts';

/** The master keys, by their ids. */
export interface KeyRing {
  /** A word that the current key seals, to know it again. */
  readonly keyCheckValue: Uint8Array;
  /** @throws Error where the key of that id is missing, or is not the one that sealed the mark. */
  check(id: string, checkValue: Uint8Array): void;
  unwrap(key: WrappedKey): Uint8Array;
  wrap(id: string, key: Uint8Array): WrappedKey;
  /** Makes a key for an owner that has none. */
  add(keys: KeyTable, owner: string): Promise<WrappedKey>;
  readonly currentId: string;
}

export function createKeyRing(masterKeys: readonly MasterKey[]): KeyRing {
  const byId = new Map(masterKeys.map(({ id, key }) => [id, createDataKey(id, key)]));
  const currentId = masterKeys[0]?.id ?? '';
  const masterKey = (id: string): DataKey => {
    const key = byId.get(id);
    if (!key)
      throw new Error(
        `Master key "${id}" has sealed keys of this database, and is not given. Add it after the first.`,
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
    keyCheckValue: masterKey(currentId).encrypt(Buffer.from('master key'), 'mark'),
    check: (id, mark) => {
      const key = masterKey(id);
      try {
        key.decrypt(mark, 'mark');
      } catch (error) {
        throw new Error(
          `Master key "${id}" is not the one of that id that has sealed keys of this database.`,
          {
            cause: error,
          },
        );
      }
    },
    unwrap: ({ id, masterKey: by, wrapped }) => masterKey(by).decrypt(wrapped, `data key ${id}`),
    wrap,
    add: (keys, owner) => keys.addDataKey(owner, wrap(randomUUID(), randomBytes(32)), new Date()),
  };
}
