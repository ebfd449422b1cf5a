import type { GivingUp } from '../../store/give-up.ts';
import type { Redelivery, RedeliveryCounts } from '../../store/redeliver.ts';
import type { Release } from '../../store/release.ts';

/**
 * The actions of an operator. `actor` is who asks, for the audit. `onDamaged` is called for each callback that is left out
 * because its row is damaged.
 */
export interface OperatorActions {
  readonly redeliver: (
    request: Redelivery,
    actor: string,
    onDamaged?: (id: string) => void,
  ) => Promise<RedeliveryCounts>;
  readonly giveUp: (request: GivingUp, actor: string, onDamaged?: (id: string) => void) => Promise<number>;
  readonly release: (request: Release, actor: string, onDamaged?: (id: string) => void) => Promise<number>;
  /** Names of the routes that this server delivers to. */
  readonly routeNames: () => readonly string[];
}
