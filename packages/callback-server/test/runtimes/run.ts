import { compare, installRuntimes } from '@partner-ecosystem/runtimes';
import { apart, atHand } from './hosts.ts';
import { runOn } from './run-on.ts';

// `npm run runtimes`: the checks on every runtime, as a table of rules and runtimes.
await installRuntimes();
const fails = await compare([atHand, ...apart].map((host) => ({ ...host, outcomes: () => runOn(host) })));
if (fails > 0) process.exitCode = 1;
