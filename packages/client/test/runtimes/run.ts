import { chromium, compareRuntimes, installedRuntimes, nodeHere } from '@partner-ecosystem/runtimes';
import { startScenarios } from './scenarios/start-scenarios.ts';
import { suiteAgainst } from './suite.ts';

// `npm run runtimes`: runs the checks in every runtime, and prints a table of rules and runtimes.
await using scenarios = await startScenarios();
await compareRuntimes([nodeHere, chromium, ...installedRuntimes], suiteAgainst(scenarios.url));
