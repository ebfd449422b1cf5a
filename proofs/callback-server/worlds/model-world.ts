import { createModelStore } from './model-store.ts';
import { planWorld } from './plan-world.ts';
import { runWorld, type WorldResult } from './run-world.ts';
import { withVirtualClock } from './virtual-clock.ts';

const leaseMs = 5000;
const times = { step: 10, attemptTimeout: 1000, delays: [100, 1000, 5000, 30_000, 30_000, 30_000, 30_000] };

/** Runs the world of a seed on the model of the store, without waiting. The same seed gives the same result. */
export async function runModelWorld(seed: number): Promise<WorldResult> {
  const plan = planWorld(seed);
  const model = createModelStore(plan.replicas > 1, leaseMs);
  const storage = { open: async (server: string) => model.open(server), states: async () => model.states() };
  const { random } = Math;
  Math.random = plan.random;
  try {
    return await withVirtualClock(() => runWorld(plan, storage, times));
  } finally {
    Math.random = random;
  }
}
