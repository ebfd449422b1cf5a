import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { createDataKey } from './data-key.ts';
import { type Encryption, noEncryption } from './encryption.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import type { KeyTable, WrappedKey } from './key-table.ts';
import { createLruCache } from './lru-cache.ts';
import type { MasterKey } from './master-keys.ts';

/** The owners of keys that are no merchant's: for what belongs to nobody, and for what the store itself needs. */
const nobody = 'nobody';
const store = 'store';

/** Keys that are held in memory, so that not every callback has to look its own up. */
const maxCachedKeys = 10_000;

/**
 * The encryption of a database: sealed where there are master keys, and in the clear where there are none.
 *
 * @throws Error where a master key is missing or wrong, where keys are missing, or where something is kept in the clear.
 */
export async function openEncryption(keys: KeyTable, masterKeys: readonly MasterKey[]): Promise<Encryption> {
  const [current] = masterKeys;
  const encryptedUnder = await keys.encryptedUnder();
  if (!current) {
    if (encryptedUnder !== undefined)
      throw new Error(
        'The callbacks of this database are sealed. Give the master keys that it was sealed with.',
      );
    return noEncryption;
  }
  if (encryptedUnder === undefined && !(await keys.isEmpty()))
    throw new Error(
      'This database holds callbacks in the clear. Start with an empty one to have them sealed.',
    );

  const ring = createKeyRing(masterKeys);
  for (const { id, sealed } of await keys.masterKeyChecks()) ring.check(id, sealed);
  await keys.addMasterKeyCheck({ id: current.id, sealed: ring.keyCheckValue });

  const own =
    (await keys.dataKeyOf(store)) ?? (encryptedUnder === undefined ? await ring.add(keys, store) : undefined);
  if (!own || (encryptedUnder !== undefined && own.id !== encryptedUnder))
    throw new Error(
      'The keys of this database are missing, or those of another. Bring them back from your copy.',
    );
  await keys.setEncryptedUnder(own.id);
  return createEncryption(keys, ring, own);
}

function createEncryption(keys: KeyTable, ring: KeyRing, own: WrappedKey): Encryption {
  const ownSecret = ring.unwrap(own);
  const tokenSecret = createSecretKey(Buffer.from(hkdfSync('sha256', ownSecret, '', 'tokens', 32)));
  const token = (text: string) => createHmac('sha256', tokenSecret).update(text, 'utf16le').digest();
  const dataKey = (wrapped: WrappedKey) => createDataKey(wrapped.id, ring.unwrap(wrapped));
  // Adds one where there is none, and gives the one that there is: either is committed before anything is sealed by it.
  const byOwner = createLruCache(maxCachedKeys, async (owner) => dataKey(await ring.add(keys, owner)));
  const byId = createLruCache(maxCachedKeys, async (id) => {
    const wrapped = await keys.dataKey(id);
    return wrapped && dataKey(wrapped);
  });

  return {
    pseudonymOf: (merchantId) => token(`merchant ${merchantId}`).toString('base64url'),
    digest: (text) => token(`digest ${text}`),
    storeKey: createDataKey(own.id, ownSecret),
    keyOfMerchant: (merchant) => byOwner.get(merchant ?? nobody),
    keyById: async (id) => (id === null ? undefined : byId.get(id)),
    evictKeyOf: (merchant) => byOwner.drop(merchant ?? nobody),
    destroyKeyOf: async (merchant) => {
      const key = await keys.dataKeyOf(merchant);
      await keys.dropDataKey(merchant);
      byOwner.drop(merchant);
      if (key) byId.drop(key.id);
    },
    rewrapKeys: async () => {
      let count = 0;
      for (;;) {
        const old = await keys.dataKeysToRewrap(ring.currentId, 500);
        if (old.length === 0) break;
        await keys.replaceDataKeys(old.map((key) => ring.wrap(key.id, ring.unwrap(key))));
        count += old.length;
      }
      await keys.dropUnusedMasterKeys(ring.currentId);
      return count;
    },
  };
}
