import type { StoreEngine } from './engine/store-engine.ts';

/** Which open deliveries are given up: those of a route that is gone for good. */
export interface GivingUp {
  /** Name of the route. */
  readonly route: string;
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

/** Creates a function that gives up the open deliveries of a route. It resolves to their number. */
export function createGiveUp({ countOpen, giveUp, audit, routeNames }: StoreEngine) {
  /**
   * @param actor - Who asks, for the audit.
   * @throws NoOpenDeliveryError if the route has no open delivery.
   */
  return async ({ route, dryRun }: GivingUp, actor: string): Promise<number> => {
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
