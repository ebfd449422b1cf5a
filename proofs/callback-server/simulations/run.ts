import { parseArgs } from 'node:util';
import { testSeed } from '@partner-ecosystem/testing/test-seed';
import { openDatabases } from '../databases/open-databases.ts';
import { runModelSimulation } from './model-simulation.ts';
import { runRealSimulation } from './real-simulation.ts';
import { isSound, type SimulationResult } from './run-simulation.ts';

const { values } = parseArgs({
  options: {
    simulations: { type: 'string', default: '1000' },
    real: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(testSeed) },
  },
});
const first = Number(values.seed);
const seeds = (count: number) => Array.from({ length: count }, (_, index) => first + index);

await report('in memory', seeds(Number(values.simulations)), 1, runModelSimulation);
for (const engine of ['sqlite', 'postgres'] as const) {
  const databases = await openDatabases(engine);
  await report(engine, seeds(Number(values.real) / 2), 5, (seed) => runRealSimulation(seed, databases));
  await databases.remove();
}

/** Runs simulations, some at the same time, and prints what happened in all of them together. */
async function report(
  place: string,
  seeds: number[],
  atOnce: number,
  run: (seed: number) => Promise<SimulationResult>,
): Promise<void> {
  const totals = { taken: 0, failed: 0, cutOff: 0, crashes: 0, broken: 0 };
  const count = seeds.length;
  const work = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const result = await run(seed);
      for (const name of ['taken', 'failed', 'cutOff', 'crashes'] as const) totals[name] += result[name];
      if (isSound(result)) continue;
      totals.broken += 1;
      process.exitCode = 1;
      console.log(`seed ${seed} breaks a promise:`, result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const { taken, failed, cutOff, crashes, broken } = totals;
  console.log(
    `${broken === 0 ? 'holds' : 'FAILS'}  ${count} simulations ${place}: ${taken} taken, ${failed} failed, ${cutOff} cut off, ${crashes} crashes (seeds from ${first})`,
  );
}
