import { chromium, nodeHere, runChecks } from '@partner-ecosystem/runtimes';
import { expect, test } from 'vitest';
import { startScenarios } from './scenarios/start-scenarios.ts';
import { suiteAgainst } from './suite.ts';

// Chromium may have to be installed first.
test.each([nodeHere, chromium])(
  'the client keeps its rules on $name',
  { timeout: 600_000 },
  async (runtime) => {
    await using scenarios = await startScenarios();
    const outcomes = await runChecks(runtime, suiteAgainst(scenarios.url));
    expect(outcomes.length).toBeGreaterThan(20);
    expect(outcomes.filter(({ verdict }) => verdict === 'fails')).toEqual([]);
  },
);
