import { changePastDamage, type OnDamaged } from './change-past-damage.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { isDamage } from './is-damage.ts';

/** Callbacks per batch. */
const batchSize = 100;

/** Creates a function that erases a merchant. It resolves to how many callbacks were emptied. */
export function createErase(engine: StoreEngine, encryption: Encryption) {
  /**
   * Erases a merchant. Deletes its data key first, so that its encrypted data is unreadable at once, even in old copies.
   * Then its callbacks are emptied: only the fact that they arrived remains. Open deliveries are given up. Can be run
   * again after an interruption.
   *
   * @param actor - Who asks, for the audit.
   */
  return async (merchantId: string, actor: string, onDamaged: OnDamaged = () => {}): Promise<number> => {
    if (merchantId.trim() === '')
      throw new Error('The merchant id is empty. Give the id of the merchant to erase.');
    const merchant = encryption.pseudonymOf(merchantId);
    await encryption.destroyKeyOf(merchant);
    // Before the callbacks, so that a running check stores nothing more of the merchant.
    await engine.forgetMerchant(merchant);
    const change = {
      change: (range: { readonly after: number; readonly upTo: number }) =>
        engine.eraseCallbacks(merchant, range, batchSize),
      concerns: () => true,
      onDamaged,
    };
    let [callbacks, after] = [0, 0];
    for (;;) {
      const upTo = await lastOfMerchant(engine, merchant, after);
      if (upTo === undefined) break;
      for await (const erased of changePastDamage(engine, { after, upTo }, change)) callbacks += erased;
      after = upTo;
    }
    // Forgets the merchant again: an attempt at one of these callbacks may have named the merchant meanwhile. Now that the
    // callbacks are erased, they name nobody.
    await engine.forgetExpected(merchant);
    await engine.compact();
    await engine.audit({ at: new Date(), actor, action: 'erase', details: { merchant, callbacks } });
    return callbacks;
  };
}

/** The end of the next range. If a damaged row hides this end, the range ends with the last callback of all. */
async function lastOfMerchant(
  engine: StoreEngine,
  merchant: string,
  after: number,
): Promise<number | undefined> {
  try {
    return await engine.lastOfMerchant(merchant, after, batchSize);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const last = await engine.lastSequence();
    return last !== undefined && last > after ? last : undefined;
  }
}
