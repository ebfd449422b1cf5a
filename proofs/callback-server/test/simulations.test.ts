import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabases } from '../databases/open-databases.ts';
import { brokenStores, leaveOpenOnce } from '../simulations/broken-stores.ts';
import { runModelSimulation } from '../simulations/model-simulation.ts';
import { runRealSimulation } from '../simulations/real-simulation.ts';
import { isSound } from '../simulations/run-simulation.ts';
import { slow } from './run-slice.ts';

const simulations = Array.from({ length: 100 }, (_, index) => seed + index);

async function openedDatabases(engine: 'sqlite' | 'postgres') {
  const databases = await openDatabases(engine);
  onTestFinished(() => databases.remove());
  return databases;
}

test(
  `100 simulations hand on everything in order, and write each effect once (SEED=${seed})`,
  slow,
  async () => {
    for (const simulation of simulations)
      expect(await runModelSimulation(simulation), `SEED=${simulation}`).toSatisfy(isSound);
  },
);

for (const engine of ['sqlite', 'postgres'] as const)
  test(
    `${engine}: a simulation hands on everything in order, and writes each effect once (SEED=${seed})`,
    slow,
    async () => {
      expect(await runRealSimulation(seed, await openedDatabases(engine))).toSatisfy(isSound);
    },
  );

for (const [fault, change] of Object.entries(brokenStores))
  test(`simulations find a store that ${fault} (SEED=${seed})`, slow, async () => {
    const wrongEffects: string[] = [];
    for (const simulation of simulations)
      if (wrongEffects.length === 0)
        wrongEffects.push(...(await runModelSimulation(simulation, change)).wrongEffects);
    expect(wrongEffects).not.toEqual([]);
  });

test(`sqlite: a simulation finds effects of deliveries that stay open (SEED=${seed})`, slow, async () => {
  const { wrongEffects } = await runRealSimulation(seed, await openedDatabases('sqlite'), leaveOpenOnce);
  expect(wrongEffects).not.toEqual([]);
});
