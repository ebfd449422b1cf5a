import { nodeHere, runChecks } from '@partner-ecosystem/runtimes';
import { expect, test } from 'vitest';
import { suite } from './checks.ts';

test(`the receiver keeps its rules on ${nodeHere.name}`, async () => {
  const outcomes = await runChecks(nodeHere, suite);
  expect(outcomes.length).toBeGreaterThan(10);
  expect(outcomes.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
});
