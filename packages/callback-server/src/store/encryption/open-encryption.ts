import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { WrappedKey } from '../engine/read-rows.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { MasterKey, StoreAccess } from '../engine/store-options.ts';
import { createDataKey } from './data-key.ts';
import { type Encryption, noEncryption } from './encryption.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { createLruCache } from './lru-cache.ts';

/** Owners of data keys that belong to no merchant: of callbacks without a merchant, and of the store itself. */
const nobody = 'nobody';
const store = 'store';

/** Keys in memory, so that most callbacks need no look-up. */
const maxCachedKeys = 10_000;

/**
 * Opens the encryption of a database: with master keys everything personal is encrypted, without them nothing is.
 *
 * @throws Error if a master key or a data key is missing or wrong, or if the database holds unencrypted callbacks.
 */
export async function openEncryption(
  keys: StoreEngine,
  masterKeys: readonly MasterKey[],
  access: StoreAccess = 'create',
): Promise<Encryption> {
  const encryptedUnder = await keys.encryptedUnder();
  if (masterKeys.length === 0) {
    if (encryptedUnder !== undefined)
      throw new Error('The callbacks of this database are encrypted. Give its master keys in MASTER_KEYS.');
    return noEncryption;
  }
  if (encryptedUnder === undefined && (await keys.anyCallback()) !== undefined)
    throw new Error('This database holds unencrypted callbacks. Use MASTER_KEYS with an empty database.');

  const ring = createKeyRing(masterKeys);
  for (const check of await keys.masterKeyChecks()) ring.assertMasterKey(check);
  if (access === 'read' && encryptedUnder === undefined)
    throw new Error('This database holds no encrypted callbacks yet. Run the command without MASTER_KEYS.');
  if (access !== 'read') await keys.addMasterKeyCheck(ring.currentCheck);

  const storeKey =
    (await keys.dataKeyOf(store)) ?? (encryptedUnder === undefined ? await ring.add(keys, store) : undefined);
  if (!storeKey || (encryptedUnder !== undefined && storeKey.id !== encryptedUnder))
    throw new Error(
      'The data keys are missing, or belong to another database. Restore them from your backup.',
    );
  if (access !== 'read') await keys.setEncryptedUnder(storeKey.id);
  return createEncryption(keys, ring, storeKey);
}

function createEncryption(keys: StoreEngine, ring: KeyRing, wrappedStoreKey: WrappedKey): Encryption {
  const secret = ring.unwrap(wrappedStoreKey);
  const hashKey = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'tokens', 32)));
  const keyedHash = (text: string) => createHmac('sha256', hashKey).update(text, 'utf16le').digest();
  const unwrapped = (key: WrappedKey) => createDataKey(key.id, ring.unwrap(key));
  // `add` also resolves to an existing key. Either is committed before it encrypts anything.
  const byOwner = createLruCache(maxCachedKeys, async (owner) => unwrapped(await ring.add(keys, owner)));
  const byId = createLruCache(maxCachedKeys, async (id) => {
    const key = await keys.dataKey(id);
    return key && unwrapped(key);
  });

  return {
    pseudonymOf: (merchantId) => keyedHash(`merchant ${merchantId}`).toString('base64url'),
    digest: (text) => keyedHash(`digest ${text}`),
    storeKey: createDataKey(wrappedStoreKey.id, secret),
    keyOfMerchant: (merchant) => byOwner.get(merchant ?? nobody),
    keyById: async (id) => (id === null ? undefined : byId.get(id)),
    evictKeyOf: (merchant) => byOwner.delete(merchant ?? nobody),
    destroyKeyOf: async (merchant) => {
      const key = await keys.dataKeyOf(merchant);
      await keys.dropDataKey(merchant);
      byOwner.delete(merchant);
      if (key) byId.delete(key.id);
    },
    rewrapKeys: () => rewrapKeys(keys, ring),
  };
}

async function rewrapKeys(keys: StoreEngine, ring: KeyRing): Promise<number> {
  let count = 0;
  for (;;) {
    const batch = await keys.dataKeysToRewrap(ring.currentId, 500);
    if (batch.length === 0) break;
    await keys.replaceDataKeys(batch.map((key) => ring.wrap(key.id, ring.unwrap(key))));
    count += batch.length;
  }
  await keys.dropUnusedMasterKeys(ring.currentId);
  return count;
}
