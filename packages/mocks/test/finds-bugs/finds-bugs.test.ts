import { expect, test } from 'vitest';
import { formatSuiteRun, runSuite } from './run-suite.ts';
import { startSandboxProvider } from './sandbox-provider.ts';

test('the suite exposes every planted mistake, without a false alarm', async () => {
  const run = await runSuite(startSandboxProvider);
  console.log(formatSuiteRun(run));
  expect(run.falseAlarms).toEqual([]);
  expect(run.unsupported).toEqual([]);
  const missed = Object.entries(run.exposedBy).filter(([, rule]) => rule === undefined);
  expect(missed).toEqual([]);
}, 600_000);
