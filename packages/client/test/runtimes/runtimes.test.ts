import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOn } from './run-on.ts';
import { atHand } from './runtimes.ts';
import { type Scenarios, startScenarios } from './start-scenarios.ts';

let scenarios: Scenarios;
beforeAll(async () => {
  scenarios = await startScenarios();
});
afterAll(() => scenarios[Symbol.asyncDispose]());

// Chromium may have to be installed first.
describe('the client behaves alike', { timeout: 600_000 }, () => {
  it.each(atHand)('on $name', async (runtime) => {
    const outcomes = await runOn(runtime, scenarios.port);
    expect(outcomes.length).toBeGreaterThan(20);
    expect(outcomes.filter(({ verdict }) => verdict === 'fails')).toEqual([]);
  });
});
