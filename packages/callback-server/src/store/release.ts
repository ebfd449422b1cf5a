import { confirmRoute } from '../callback/confirmation.ts';
import type { OnDamaged } from './change-past-damage.ts';
import type { Encryption } from './encryption/encryption.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { idRangeOf, redeliveryRows } from './redelivery-rows.ts';

/** Which callbacks leave the quarantine: those that match every given field. Give at least one of the ids. */
export interface Release {
  readonly id?: string;
  readonly merchantId?: string;
  /**
   * Counts the callbacks, and changes nothing.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** A request names neither a callback nor a merchant. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}

const batchSize = 100;

/** Creates a function that releases callbacks from the quarantine. It resolves to their number. */
export function createRelease(engine: StoreEngine, encryption: Encryption) {
  /**
   * @param actor - Who asks, for the audit.
   * @param onDamaged - Called for each callback that is left out because its row is damaged.
   * @throws ReleaseError if the request names neither a callback nor a merchant.
   */
  return async (
    { id, merchantId, dryRun }: Release,
    actor: string,
    onDamaged: OnDamaged = () => {},
  ): Promise<number> => {
    if (id === undefined && merchantId === undefined)
      throw new ReleaseError('id or merchantId is required: look at each callback before you release it.');
    const merchant = merchantId === undefined ? null : encryption.pseudonymOf(merchantId);
    const sought = { route: confirmRoute, states: 'dead', event: null, withBodies: 0 } as const;
    const filter = { ...sought, ...idRangeOf(id), merchant, limit: batchSize };
    let count = 0;
    for await (const rows of redeliveryRows(engine, filter, onDamaged)) {
      // If the process ends here, the callbacks are still in the quarantine, and can be released again.
      if (!dryRun) for (const { sequence } of rows) await engine.release(sequence, new Date());
      if (!dryRun && rows.length > 0) await engine.open(confirmRoute, rows.map(toOpen));
      count += rows.length;
    }
    const details = {
      ...(id !== undefined && { id }),
      ...(merchant !== null && { merchant }),
      callbacks: count,
    };
    if (!dryRun) await engine.audit({ at: new Date(), actor, action: 'release', details });
    return count;
  };
}

function toOpen({ sequence, orderKey }: { readonly sequence: number; readonly orderKey: string }) {
  return { sequence, orderKey };
}
