import { parseArgs } from 'node:util';
import { testSeed } from '@partner-ecosystem/testing/test-seed';
import { openDatabases } from '../databases/open-databases.ts';
import { runModelSimulation } from './model-simulation.ts';
import { runRealSimulation } from './real-simulation.ts';
import { isSound, type SimulationResult } from './run-simulation.ts';

const usage = `Usage: npm run callback-server:simulations -w proofs [-- --simulations N] [--real N] [--seed S]

  --simulations N  simulations in memory (1000)
  --real N         simulations on SQLite, and as many on PostgreSQL (20)
  --seed S         seed of the first simulation; each further one has the next seed (random)

Prints a line for each place, and the seed of each simulation that breaks a promise. Exits with 1 if a promise is broken.
`;

const { values } = parseArgs({
  options: {
    simulations: { type: 'string', default: '1000' },
    real: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(testSeed) },
    help: { type: 'boolean' },
  },
});
const counted = ['taken', 'effects', 'failed', 'cutOff', 'crashes', 'late'] as const;
const [simulations, real, first] = [values.simulations, values.real, values.seed].map(Number);
const areNumbers = [simulations, real, first].every((value) => Number.isSafeInteger(value));

if (values.help || !areNumbers) {
  process.stdout.write(usage);
  process.exitCode = areNumbers ? 0 : 2;
} else {
  await report('in memory', seeds(simulations), 1, runModelSimulation);
  for (const engine of ['sqlite', 'postgres'] as const) {
    const databases = await openDatabases(engine);
    await report(`on ${engine}`, seeds(real), 5, (seed) => runRealSimulation(seed, databases));
    await databases.remove();
  }
}

function seeds(count = 0): number[] {
  return Array.from({ length: count }, (_, index) => Number(first) + index);
}

/** Runs simulations, some at the same time, and prints what happened in all of them together. */
async function report(
  place: string,
  seeds: number[],
  atOnce: number,
  run: (seed: number) => Promise<SimulationResult>,
): Promise<void> {
  const totals = { taken: 0, effects: 0, failed: 0, cutOff: 0, crashes: 0, late: 0, broken: 0 };
  const count = seeds.length;
  const work = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const result = await run(seed);
      for (const name of counted) totals[name] += result[name];
      if (isSound(result)) continue;
      totals.broken += 1;
      process.exitCode = 1;
      console.log(`seed ${seed} breaks a promise:`, result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const { taken, effects, failed, cutOff, crashes, late, broken } = totals;
  const counts = `${taken} taken, ${effects} effects, ${failed} failed, ${cutOff} cut off, ${crashes} crashes, ${late} servers with lost claims`;
  console.log(
    `${broken === 0 ? 'holds' : 'FAILS'}  ${count} simulations ${place}: ${counts} (seeds from ${first})`,
  );
}
