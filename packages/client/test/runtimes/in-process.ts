import process from 'node:process';
import type { RuntimeName } from './check.ts';
import { runChecks } from './run-checks.ts';

// What Node, Bun and Deno start: the last line is the outcomes.
const [server = '', runtime] = process.argv.slice(2);
console.log(JSON.stringify(await runChecks(server, runtime as RuntimeName)));
