import { randomBytes, randomUUID } from 'node:crypto';
import type { MasterKeyCheck, WrappedKey } from '../engine/read-rows.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { MasterKey } from '../engine/store-options.ts';
import { createDataKey, type DataKey } from './data-key.ts';

/** No master key of that id is given. */
export class MissingKeyError extends Error {
  override readonly name = 'MissingKeyError';
  readonly code = 'MISSING_KEY';
}

export type KeyRing = ReturnType<typeof createKeyRing>;

/** The given master keys. */
export function createKeyRing(masterKeys: readonly MasterKey[]) {
  const byId = new Map(masterKeys.map(({ id, key }) => [id, createDataKey(id, key)]));
  const currentId = masterKeys[0]?.id ?? '';
  const masterKey = (id: string): DataKey => {
    const key = byId.get(id);
    if (!key)
      throw new MissingKeyError(
        `Master key "${id}", which wraps data keys of this database, is missing. Add it after the first.`,
      );
    return key;
  };
  const wrap = (id: string, key: Uint8Array): WrappedKey => ({
    id,
    masterKey: currentId,
    wrapped: masterKey(currentId).encrypt(key, `data key ${id}`),
  });
  return {
    /** Id of the master key that wraps new data keys. */
    currentId,
    /** Proves the current master key at a later start. */
    currentCheck: {
      id: currentId,
      checkValue: masterKey(currentId).encrypt(Buffer.from('master key'), 'mark'),
    },
    /** @throws Error if the master key of that id is missing, or if it is another key. */
    assertMasterKey: ({ id, checkValue }: MasterKeyCheck) => {
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
    unwrap: ({ id, masterKey: by, wrapped }: WrappedKey) => masterKey(by).decrypt(wrapped, `data key ${id}`),
    wrap,
    /** Creates a data key for an owner that has none. */
    add: (keys: StoreEngine, owner: string) =>
      keys.addDataKey(owner, wrap(randomUUID(), randomBytes(32)), new Date()),
  };
}
