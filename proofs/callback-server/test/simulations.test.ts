import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import { openDatabases } from '../databases/open-databases.ts';
import { runModelSimulation } from '../simulations/model-simulation.ts';
import { runRealSimulation } from '../simulations/real-simulation.ts';
import { isSound } from '../simulations/run-simulation.ts';
import { slow } from './run-slice.ts';

test(`100 simulations hand on everything, in order and one at a time (SEED=${seed})`, slow, async () => {
  for (let simulation = seed; simulation < seed + 100; simulation++)
    expect(await runModelSimulation(simulation), `SEED=${simulation}`).toSatisfy(isSound);
});

for (const engine of ['sqlite', 'postgres'] as const)
  test(
    `${engine}: a simulation hands on everything, in order and one at a time (SEED=${seed})`,
    slow,
    async () => {
      const databases = await openDatabases(engine);
      try {
        expect(await runRealSimulation(seed, databases)).toSatisfy(isSound);
      } finally {
        await databases.remove();
      }
    },
  );
