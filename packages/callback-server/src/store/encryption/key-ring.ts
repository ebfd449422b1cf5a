import { randomBytes, randomUUID } from 'node:crypto';
import type { MasterKeyCheck, WrappedKey } from '../engine/read-rows.ts';
import type { MasterKey } from '../engine/store-options.ts';
import { createDataKey, type DataKey } from './data-key.ts';
import { MasterKeyError } from './master-key-error.ts';

export type KeyRing = ReturnType<typeof createKeyRing>;

/** Wraps and unwraps data keys with the given master keys. */
export function createKeyRing(masterKeys: readonly MasterKey[]) {
  const byId = new Map(masterKeys.map(({ id, key }) => [id, createDataKey(id, key)]));
  const ids = [...byId.keys()];
  let [currentId = ''] = ids;
  const masterKey = (id: string): DataKey => {
    const key = byId.get(id);
    if (key) return key;
    throw new MasterKeyError(
      'MASTER_KEY_MISSING',
      `Master key "${id}", which wraps data keys of this database, is missing.`,
    );
  };
  const wrap = (id: string, key: Uint8Array): WrappedKey => ({
    id,
    masterKey: currentId,
    wrapped: masterKey(currentId).encrypt(key, `data key ${id}`),
  });
  return {
    ids,
    /** Id of the master key that wraps new data keys. */
    currentId: () => currentId,
    /**
     * Chooses the master key that wraps new data keys: the first that is not retired.
     *
     * @param inUse - Ids of the master keys that are not retired.
     * @throws MasterKeyError if a master key in use is missing.
     */
    choose: (inUse: readonly string[]) => {
      for (const id of inUse) masterKey(id);
      currentId = ids.find((id) => inUse.includes(id)) ?? currentId;
    },
    /** A check value that proves at a later start that the given key is the current master key. */
    currentCheck: (): MasterKeyCheck => ({
      id: currentId,
      checkValue: masterKey(currentId).encrypt(Buffer.from('master key'), 'mark'),
    }),
    /** @throws MasterKeyError if the master key of that id is missing. @throws Error if it is another key. */
    assertMasterKey: ({ id, checkValue }: MasterKeyCheck) => {
      const key = masterKey(id);
      try {
        key.decrypt(checkValue, 'mark');
      } catch (error) {
        throw new Error(
          `Master key "${id}" differs from the key of that id that wraps data keys of this database. Give the right key.`,
          { cause: error },
        );
      }
    },
    /** @throws MasterKeyError if the master key is missing. @throws UnreadableError if the wrapped key is damaged. */
    unwrap: ({ id, masterKey: by, wrapped }: WrappedKey) => masterKey(by).decrypt(wrapped, `data key ${id}`),
    wrap,
    newKey: () => wrap(randomUUID(), randomBytes(32)),
  };
}
