import { compareRuntimes, installedRuntimes, nodeHere, workerdOf2024 } from '@partner-ecosystem/runtimes';
import { suite } from './checks.ts';

// `npm run runtimes`: runs the checks in every runtime, and prints a table of rules and runtimes.
await compareRuntimes([nodeHere, ...installedRuntimes, workerdOf2024], suite);
