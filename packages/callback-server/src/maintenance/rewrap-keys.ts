import type { StoreUpkeep } from '../store/store-maintenance.ts';

/**
 * Wraps every data key by the first of the master keys, so that the others can be thrown away.
 *
 * @param actor - Who asks, for the audit.
 * @returns How many keys another one had wrapped.
 */
export async function rewrapKeys(upkeep: StoreUpkeep, actor: string): Promise<number> {
  const keys = await upkeep.rewrap();
  await upkeep.compact();
  await upkeep.audit({ at: new Date(), actor, action: 'rewrap', details: { keys } });
  return keys;
}
