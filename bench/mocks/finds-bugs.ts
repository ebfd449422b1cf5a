// Runs one test suite on an integration with planted mistakes, first against the sandbox and then against Prism.

import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { mistakes } from '../../packages/mocks/test/finds-bugs/mistakes.ts';
import { runSuite, type SuiteRun } from '../../packages/mocks/test/finds-bugs/run-suite.ts';
import { startSandboxProvider } from '../../packages/mocks/test/finds-bugs/sandbox-provider.ts';
import { recordResult } from '../measure/record-result.ts';
import { startServerProcess } from '../measure/server-process.ts';
import { peers } from './contestants.ts';

const [prism] = peers;
if (!prism) throw new Error('No peer is configured.');

const ours = await runSuite(startSandboxProvider);
// Prism has no state, so one process can serve all checks.
const running = await startServerProcess(prism);
const theirs = await runSuite(async () => ({
  url: running.url,
  administratorToken: 'not-a-real-token',
  close: async () => {},
})).finally(running.stop);

const names = Object.keys(mistakes) as (keyof typeof mistakes)[];
const mark = (rule: string | undefined) => (rule === undefined ? '–' : 'exposed');
const rows = names.map((name) => [mistakes[name], mark(ours.exposedBy[name]), mark(theirs.exposedBy[name])]);
const total = (run: SuiteRun) =>
  `**${names.filter((name) => run.exposedBy[name] !== undefined).length} of ${names.length}**`;
const table = markdownTable(
  ['', 'partner-sandbox', prism.name],
  [
    ...rows,
    ['**exposed**', total(ours), total(theirs)],
    ['false alarms', `${ours.falseAlarms.length}`, `${theirs.falseAlarms.length}`],
    ['checks not supported', `${ours.unsupported.length}`, `${theirs.unsupported.length}`],
  ],
);
await recordResult('mocks-finds-bugs', table);
for (const rule of theirs.falseAlarms) console.log(`False alarm with ${prism.name}: ${rule}.`);
