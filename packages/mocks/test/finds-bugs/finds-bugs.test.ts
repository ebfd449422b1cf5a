import { expect, test } from 'vitest';
import { startSandbox } from '../../src/node.ts';
import type { Provider } from './ground.ts';
import { killTable, runSuite } from './run-suite.ts';

async function startProvider(): Promise<Provider> {
  const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
  return { url, sandbox, close, administratorToken: sandbox.world.administratorToken };
}

test('one suite over the sandbox exposes the mistakes that integrations make, and none where there is none', async () => {
  const run = await runSuite(startProvider);
  console.log(killTable(run));
  expect(run.falseAlarms).toEqual([]);
  expect(run.notAsked).toEqual([]);
  const missed = Object.entries(run.exposedBy).filter(([, rule]) => rule === undefined);
  expect(missed).toEqual([]);
}, 300_000);
