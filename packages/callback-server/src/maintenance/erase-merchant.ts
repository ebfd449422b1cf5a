import type { StoreUpkeep } from '../store/store-maintenance.ts';

/**
 * Erases a merchant: its key first, so that nothing sealed by it can be read again anywhere; then everything of its
 * callbacks, but for that they came in. What has not been handed on is given up. Safe to run again where it was cut off.
 *
 * @param actor - Who asks, for the audit.
 * @returns How many callbacks were emptied.
 */
export async function eraseMerchant(upkeep: StoreUpkeep, merchantId: string, actor: string): Promise<number> {
  let callbacks = 0;
  for await (const emptied of upkeep.erase(merchantId)) callbacks += emptied;
  await upkeep.compact();
  const details = { merchant: upkeep.nameOf(merchantId), callbacks };
  await upkeep.audit({ at: new Date(), actor, action: 'erase', details });
  return callbacks;
}
