import { compare, installRuntimes } from '@partner-ecosystem/runtimes';
import { runOn } from './run-on.ts';
import { apart, atHand } from './runtimes.ts';
import { startScenarios } from './start-scenarios.ts';

// `npm run runtimes`: the checks on every runtime, as a table of rules and runtimes.
await installRuntimes();
await using scenarios = await startScenarios();
const fails = await compare(
  [...atHand, ...apart].map((runtime) => ({ ...runtime, outcomes: () => runOn(runtime, scenarios.port) })),
);
if (fails > 0) process.exitCode = 1;
