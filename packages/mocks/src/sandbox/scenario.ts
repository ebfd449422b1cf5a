import type { DecisionPolicy } from '../core/model/decision-policy.ts';
import type { FaultSpec } from '../core/model/fault.ts';
import type { Snapshot } from '../core/model/snapshot.ts';

/** How a sandbox begins, as plain data: it can be written down, sent, and exported from a running sandbox. */
export interface Scenario {
  readonly name: string;
  /**
   * Fixes every id, user name and token that is made from then on.
   * @default 1
   */
  readonly seed?: string | number;
  /**
   * What the clock shows at first, in epoch milliseconds.
   * @default the present
   */
  readonly start?: number;
  /**
   * What there is, faults and policy included.
   * @default the world of the contract's examples
   */
  readonly state?: Snapshot;
  /** Faults that are added to those of the state. */
  readonly faults?: readonly FaultSpec[];
  /** In the place of the state's. */
  readonly policy?: DecisionPolicy;
}
