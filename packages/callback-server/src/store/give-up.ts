import type { OnDamaged } from './change-past-damage.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import { idRangeOf, redeliveryRows } from './redelivery-rows.ts';

/**
 * Which open deliveries are given up: all deliveries of a route that is gone for good, or the deliveries of some
 * callbacks.
 */
export interface GivingUp {
  /** Name of the route. */
  readonly route: string;
  /**
   * Ids of callbacks: only their deliveries are given up. The next callback of each merchant is then due at once.
   * @default all open deliveries of the route are given up
   */
  readonly ids?: readonly string[];
  /**
   * Counts the deliveries, and changes nothing.
   * @default false
   */
  readonly dryRun?: boolean;
}

/** A route has no open delivery. Its name may be mistyped. */
export class NoOpenDeliveryError extends Error {
  override readonly name = 'NoOpenDeliveryError';
}

const batchSize = 500;

/** Creates a function that gives up open deliveries to a route. It resolves to their number. */
export function createGiveUp(engine: StoreEngine) {
  const { countOpen, giveUp, audit, routeNames } = engine;
  const giveUpSome = async (
    { route, ids = [], dryRun }: GivingUp,
    actor: string,
    onDamaged: OnDamaged,
  ): Promise<number> => {
    let count = 0;
    for (const id of ids) {
      const sought = { route, states: 'open', merchant: null, event: null, withBodies: 0 } as const;
      const filter = { ...sought, ...idRangeOf(id), limit: 1 };
      for await (const rows of redeliveryRows(engine, filter, onDamaged))
        count += dryRun ? rows.length : await giveUp(route, rows.map(sequenceOf));
    }
    const details = { route, ids: ids.join(' '), deliveries: count };
    if (!dryRun) await audit({ at: new Date(), actor, action: 'give-up', details });
    return count;
  };

  /**
   * @param actor - Who asks, for the audit.
   * @param onDamaged - Called for each callback that is left out because its row is damaged.
   * @throws NoOpenDeliveryError if the request has no ids, and the route has no open delivery.
   */
  return async (request: GivingUp, actor: string, onDamaged: OnDamaged = () => {}): Promise<number> => {
    if (request.ids) return giveUpSome(request, actor, onDamaged);
    const { route, dryRun } = request;
    const open = (await countOpen(route)) ?? 0;
    if (open === 0) {
      const names = (await routeNames()).join(', ') || 'none';
      throw new NoOpenDeliveryError(
        `The route "${route}" has no open delivery. Routes with open or dead deliveries: ${names}.`,
      );
    }
    if (dryRun) return open;
    let count = 0;
    let closed: number;
    do {
      closed = await giveUp(route, batchSize);
      count += closed;
    } while (closed > 0);
    await audit({ at: new Date(), actor, action: 'give-up', details: { route, deliveries: count } });
    return count;
  };
}

function sequenceOf({ sequence }: { readonly sequence: number }): number {
  return sequence;
}
