import { onTestFinished } from 'vitest';
import type { MasterKey, StoreOptions } from '../../src/store/engine/store-options.ts';
import { type OpenedStore, openStore } from '../../src/store/open-store.ts';
import { masterKey } from './master-keys.ts';

export const [oldKey, newKey] = [masterKey('old'), masterKey('new')];

/** Opens a database with master keys until the end of the test. Its leases end at once. */
export async function openWithKeys(
  url: string,
  masterKeys: MasterKey[],
  options: Partial<StoreOptions> = {},
): Promise<OpenedStore> {
  const store = await openStore(url, {
    masterKeys,
    leaseMs: 1,
    onFatal: (error) => {
      throw error;
    },
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}
