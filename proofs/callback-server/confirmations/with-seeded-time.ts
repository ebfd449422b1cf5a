import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { withVirtualClock } from '../simulations/virtual-clock.ts';
import { simulationStart } from './break-provider.ts';

/** Runs a simulation from its seed: with random numbers that repeat, and a clock that does not wait. */
export async function withSeededTime<Result>(
  seed: number,
  simulate: (random: () => number) => Promise<Result>,
): Promise<Result> {
  const random = seededRandom(seed);
  const real = { random: Math.random, now: Date.now, fetch: globalThis.fetch };
  Math.random = random;
  try {
    return await withVirtualClock(async () => {
      Date.now = () => simulationStart + Math.floor(performance.now());
      return simulate(random);
    });
  } finally {
    Math.random = real.random;
    Date.now = real.now;
    globalThis.fetch = real.fetch;
  }
}
