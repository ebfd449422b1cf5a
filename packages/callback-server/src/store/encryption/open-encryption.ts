import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { createDataKey } from './data-key.ts';
import { clearVault, type Vault } from './encryption.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import type { KeyTable, WrappedKey } from './key-table.ts';
import { createHeld } from './lru-cache.ts';
import type { MasterKey } from './master-keys.ts';

/** The owners of keys that are no merchant's: for what belongs to nobody, and for what the store itself needs. */
const nobody = 'nobody';
const store = 'store';

/** Keys that are held in memory, so that not every callback has to look its own up. */
const mostHeld = 10_000;

/**
 * The vault of a database: sealed where there are master keys, and in the clear where there are none.
 *
 * @throws Error where a master key is missing or wrong, where keys are missing, or where something is kept in the clear.
 */
export async function openVault(keys: KeyTable, masterKeys: readonly MasterKey[]): Promise<Vault> {
  const [current] = masterKeys;
  const sealedUnder = await keys.sealedUnder();
  if (!current) {
    if (sealedUnder !== undefined)
      throw new Error(
        'The callbacks of this database are sealed. Give the master keys that it was sealed with.',
      );
    return clearVault;
  }
  if (sealedUnder === undefined && !(await keys.isEmpty()))
    throw new Error(
      'This database holds callbacks in the clear. Start with an empty one to have them sealed.',
    );

  const ring = createKeyRing(masterKeys);
  for (const { id, sealed } of await keys.masterKeyMarks()) ring.check(id, sealed);
  await keys.markMasterKey({ id: current.id, sealed: ring.mark });

  const own =
    (await keys.dataKeyOf(store)) ?? (sealedUnder === undefined ? await ring.add(keys, store) : undefined);
  if (!own || (sealedUnder !== undefined && own.id !== sealedUnder))
    throw new Error(
      'The keys of this database are missing, or those of another. Bring them back from your copy.',
    );
  await keys.sealUnder(own.id);
  return createVault(keys, ring, own);
}

function createVault(keys: KeyTable, ring: KeyRing, own: WrappedKey): Vault {
  const ownSecret = ring.unwrap(own);
  const tokenSecret = createSecretKey(Buffer.from(hkdfSync('sha256', ownSecret, '', 'tokens', 32)));
  const token = (text: string) => createHmac('sha256', tokenSecret).update(text, 'utf16le').digest();
  const dataKey = (wrapped: WrappedKey) => createDataKey(wrapped.id, ring.unwrap(wrapped));
  // Adds one where there is none, and gives the one that there is: either is committed before anything is sealed by it.
  const byOwner = createHeld(mostHeld, async (owner) => dataKey(await ring.add(keys, owner)));
  const byId = createHeld(mostHeld, async (id) => {
    const wrapped = await keys.dataKey(id);
    return wrapped && dataKey(wrapped);
  });

  return {
    tokenOf: (merchantId) => token(`merchant ${merchantId}`).toString('base64url'),
    digest: (text) => token(`digest ${text}`),
    own: createDataKey(own.id, ownSecret),
    keyFor: (merchant) => byOwner.get(merchant ?? nobody),
    keyOf: async (id) => (id === null ? undefined : byId.get(id)),
    forget: (merchant) => byOwner.drop(merchant ?? nobody),
    shred: async (merchant) => {
      const key = await keys.dataKeyOf(merchant);
      await keys.dropDataKey(merchant);
      byOwner.drop(merchant);
      if (key) byId.drop(key.id);
    },
    rewrap: async () => {
      let count = 0;
      for (;;) {
        const old = await keys.dataKeysToRewrap(ring.currentId, 500);
        if (old.length === 0) break;
        await keys.replaceDataKeys(old.map((key) => ring.wrap(key.id, ring.unwrap(key))));
        count += old.length;
      }
      await keys.dropIdleMasterKeys(ring.currentId);
      return count;
    },
  };
}
