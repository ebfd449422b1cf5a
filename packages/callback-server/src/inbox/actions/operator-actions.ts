import type { GivingUp } from '../../store/give-up.ts';
import type { Redelivery, RedeliveryCounts } from '../../store/redeliver.ts';
import type { Release } from '../../store/release.ts';

/** What an operator can have done. `actor` is who asks, for the audit. */
export interface OperatorActions {
  readonly redeliver: (request: Redelivery, actor: string) => Promise<RedeliveryCounts>;
  readonly giveUp: (request: GivingUp, actor: string) => Promise<number>;
  readonly release: (request: Release, actor: string) => Promise<number>;
  /** Names of the routes that this server delivers to. */
  readonly routeNames: () => readonly string[];
}
