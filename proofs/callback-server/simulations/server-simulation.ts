import type { createHandingLog } from './handing-log.ts';
import type { SimulationPlan } from './plan-simulation.ts';

/** How long things take in a simulation, in milliseconds. */
export interface SimulationTimes {
  /** The most that a step takes. */
  readonly step: number;
  readonly attemptTimeout: number;
  /** Pauses after each failed attempt. */
  readonly delays: readonly number[];
  /** How late a late end of an attempt reaches the store: after another server has taken the claim over. */
  readonly lateEnd: number;
}

/** What all servers of a simulation share. */
export interface ServerSimulation {
  readonly plan: SimulationPlan;
  readonly times: SimulationTimes;
  readonly log: ReturnType<typeof createHandingLog>;
  /** The statement that writes an effect. */
  readonly insertEffect: string;
  /** Returns whether the server crashes at this step. */
  readonly nextStep: () => boolean;
  /** Returns whether this end of an attempt reaches the store late. */
  readonly nextEnd: () => boolean;
  readonly onFault: (error: unknown) => void;
}
