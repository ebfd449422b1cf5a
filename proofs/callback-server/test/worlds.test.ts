import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import { openDatabases } from '../databases/open-databases.ts';
import { runModelWorld } from '../worlds/model-world.ts';
import { runRealWorld } from '../worlds/real-world.ts';
import { isSound } from '../worlds/run-world.ts';
import { slow } from './run-slice.ts';

test(`100 worlds hand on everything, in order and one at a time (SEED=${seed})`, slow, async () => {
  for (let world = seed; world < seed + 100; world++)
    expect(await runModelWorld(world), `SEED=${world}`).toSatisfy(isSound);
});

for (const engine of ['sqlite', 'postgres'] as const)
  test(
    `${engine}: a world hands on everything, in order and one at a time (SEED=${seed})`,
    slow,
    async () => {
      const databases = await openDatabases(engine);
      try {
        expect(await runRealWorld(seed, databases)).toSatisfy(isSound);
      } finally {
        await databases.remove();
      }
    },
  );
