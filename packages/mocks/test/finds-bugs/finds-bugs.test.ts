import { expect, test } from 'vitest';
import { formatSuiteRun, runSuite } from './run-suite.ts';
import { startSandboxProvider } from './sandbox-provider.ts';

test('one suite over the sandbox exposes the mistakes that integrations make, and none where there is none', async () => {
  const run = await runSuite(startSandboxProvider);
  console.log(formatSuiteRun(run));
  expect(run.falseAlarms).toEqual([]);
  expect(run.notAsked).toEqual([]);
  const missed = Object.entries(run.exposedBy).filter(([, rule]) => rule === undefined);
  expect(missed).toEqual([]);
}, 300_000);
