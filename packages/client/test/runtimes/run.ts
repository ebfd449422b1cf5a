import {
  chromium,
  compareRuntimes,
  installedRuntimes,
  nodeHere,
  workerdOf2024,
} from '@partner-ecosystem/runtimes';
import { startScenarios } from './scenarios/start-scenarios.ts';
import { suiteAgainst } from './suite.ts';

// `npm run runtimes`: runs the checks in every runtime, and prints a table of rules and runtimes.
await using scenarios = await startScenarios();
const runtimes = [nodeHere, chromium, ...installedRuntimes, workerdOf2024];
await compareRuntimes(runtimes, suiteAgainst(scenarios.url));
