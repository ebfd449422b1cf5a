import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { WrappedKey } from '../engine/read-rows.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import type { StoreOptions } from '../engine/store-options.ts';
import { createDataKey } from './data-key.ts';
import type { Encryption } from './encryption.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { createLruCache } from './lru-cache.ts';
import { createPlaintext } from './plaintext.ts';
import { rewrapKeys } from './rewrap-keys.ts';

/** Owners of data keys that belong to no merchant: of callbacks without a merchant, and of the store itself. */
const nobody = 'nobody';
const store = 'store';

/** Maximum number of keys in memory, so that most callbacks need no look-up. */
const maxCachedKeys = 10_000;

/**
 * Opens the encryption of a database: with master keys, all personal data is encrypted. Without master keys, no data
 * is encrypted.
 *
 * @throws Error if a master key or a data key is missing or wrong, or if the database holds unencrypted callbacks.
 */
export async function openEncryption(
  engine: StoreEngine,
  { masterKeys = [], access = 'create', onNotice }: Pick<StoreOptions, 'masterKeys' | 'access' | 'onNotice'>,
): Promise<Encryption> {
  if (masterKeys.length === 0) {
    const plaintext = createPlaintext(engine);
    await plaintext.assertUsable();
    return plaintext;
  }
  const ring = createKeyRing(masterKeys);
  if (access !== 'read' && (await engine.encryptedUnder()) === undefined)
    await engine.beginEncryption(ring.currentCheck(), store, ring.newKey(), new Date());
  const encryptedUnder = await engine.encryptedUnder();
  if (encryptedUnder === undefined)
    throw new Error(
      access === 'read'
        ? 'This database holds no encrypted callbacks. Run the command without MASTER_KEYS.'
        : 'This database holds unencrypted callbacks. Use MASTER_KEYS with an empty database.',
    );

  for (const check of await engine.masterKeyChecks()) ring.assertMasterKey(check);
  const inUse = await engine.masterKeysInUse();
  // An interrupted rewrap can leave further master keys in use. If one of these keys is missing, this throws and names it.
  ring.choose([...inUse, ring.currentId()]);
  const storeKey = await engine.dataKeyOf(store);
  if (storeKey?.id !== encryptedUnder)
    throw new Error(
      'The data keys are missing, or belong to another database. Restore them from your backup.',
    );
  if (access !== 'read') await engine.addMasterKeyCheck(ring.currentCheck());
  const others = inUse.filter((id) => id !== ring.currentId());
  if (others.length > 0) onNotice?.({ code: 'MASTER_KEYS_DIFFER', masterKeys: others });
  return createEncryption(engine, ring, storeKey);
}

function createEncryption(engine: StoreEngine, ring: KeyRing, wrappedStoreKey: WrappedKey): Encryption {
  const secret = ring.unwrap(wrappedStoreKey);
  const hashKey = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'tokens', 32)));
  const keyedHash = (text: string) => createHmac('sha256', hashKey).update(text, 'utf16le').digest();
  const unwrapped = (key: WrappedKey) => createDataKey(key.id, ring.unwrap(key));
  const assertUsable = async () => ring.choose((await engine.masterKeyChecks()).map(({ id }) => id));
  // `addDataKey` also resolves to an existing key. A new or an existing key is committed before it encrypts anything.
  const byOwner = createLruCache(maxCachedKeys, async (owner) => {
    for (;;) {
      const key = await engine.addDataKey(owner, ring.newKey(), new Date());
      if (key) return unwrapped(key);
      // Another process has retired the master key. Another master key of this process may be in use.
      await assertUsable();
    }
  });
  const byId = createLruCache(maxCachedKeys, async (id) => {
    const key = await engine.dataKey(id);
    return key && unwrapped(key);
  });

  return {
    masterKeyIds: ring.ids,
    assertUsable,
    pseudonymOf: (merchantId) => keyedHash(`merchant ${merchantId}`).toString('base64url'),
    digest: (text) => keyedHash(`digest ${text}`),
    storeKey: createDataKey(wrappedStoreKey.id, secret),
    keyOfMerchant: (merchant) => byOwner.get(merchant ?? nobody),
    keyById: async (id) => (id === null ? undefined : byId.get(id)),
    evictKeyOf: (merchant) => byOwner.delete(merchant ?? nobody),
    destroyKeyOf: async (merchant) => {
      const key = await engine.dataKeyOf(merchant);
      await engine.dropDataKey(merchant);
      byOwner.delete(merchant);
      if (key) byId.delete(key.id);
    },
    rewrapKeys: () => rewrapKeys(engine, ring),
  };
}
