import type { DecisionPolicy } from '../model/decision-policy.ts';
import type { FaultSpec } from '../model/fault.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The start of a sandbox as plain data. You can write a scenario by hand, or export it from a running sandbox. */
export interface Scenario {
  readonly name: string;
  /**
   * Fixes every id, user name and token that the sandbox creates from now on.
   * @default a new random seed
   */
  readonly seed?: string | number;
  /**
   * The initial time of the clock, in epoch milliseconds.
   * @default the present
   */
  readonly start?: number;
  /**
   * Everything that the sandbox holds, including its faults and its policy.
   * @default the fixtures of the contract's examples
   */
  readonly state?: Snapshot;
  /** Faults to add to the faults of the state. */
  readonly faults?: readonly FaultSpec[];
  /** Replaces the state's policy. */
  readonly policy?: DecisionPolicy;
}
