import { createModelStore, insertEffect, type ModelStore, type SimulationStore } from './model-store.ts';
import { planSimulation } from './plan-simulation.ts';
import { runSimulation, type SimulationResult } from './run-simulation.ts';
import { withVirtualClock } from './virtual-clock.ts';

const leaseMs = 5000;
const times = {
  step: 10,
  attemptTimeout: 1000,
  delays: [100, 1000, 5000, 30_000, 30_000, 30_000, 30_000],
  lateEnd: 3 * leaseMs,
};

/**
 * Runs the simulation of a seed on the model of the store, without waiting. The same seed gives the same result.
 *
 * @param change - Changes the store, to show what a broken store causes.
 */
export async function runModelSimulation(
  seed: number,
  change: (store: SimulationStore, model: ModelStore) => SimulationStore = (store) => store,
): Promise<SimulationResult> {
  const plan = planSimulation(seed);
  const model = createModelStore(plan.replicas > 1, leaseMs);
  const storage = {
    insertEffect,
    open: async (server: string) => change(model.open(server), model),
    states: async () => model.states(),
    effects: async () => model.effects(),
  };
  const { random } = Math;
  Math.random = plan.random;
  try {
    return await withVirtualClock(() => runSimulation(plan, storage, times));
  } finally {
    Math.random = random;
  }
}
