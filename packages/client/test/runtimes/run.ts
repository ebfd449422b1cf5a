import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Outcome } from './run-checks.ts';
import { runOn } from './run-on.ts';
import type { Runtime } from './runtime.ts';
import { apart, atHand } from './runtimes.ts';
import { startScenarios } from './start-scenarios.ts';

// `npm run runtimes`: the checks on every runtime, as a table of rules and runtimes.
const platform = `${process.platform} ${process.arch}`;
const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(`${here}node_modules`)) {
  console.log('Installing the runtimes, once.');
  await promisify(execFile)('npm', ['ci'], { cwd: here });
}

await using scenarios = await startScenarios();
const columns: { name: string; outcomes: readonly Outcome[] }[] = [];
for (const runtime of [...atHand, ...apart].toSorted(byName)) {
  columns.push({ name: runtime.name, outcomes: await outcomesOn(runtime) });
}

const rules = [...new Set(columns.flatMap(({ outcomes }) => outcomes.map(({ name }) => name)))];
const width = Math.max(...rules.map((rule) => rule.length));
console.log(['rule'.padEnd(width), ...columns.map(({ name }) => name)].join(' | '));
for (const rule of rules) {
  const cells = columns.map(({ name, outcomes }) => mark(outcomes, rule).padEnd(name.length));
  console.log([rule.padEnd(width), ...cells].join(' | '));
}
const all = columns.flatMap(({ name, outcomes }) =>
  outcomes.map((outcome) => ({ runtime: name, ...outcome })),
);
for (const { runtime, name, verdict, reason } of all) {
  if (reason) console.log(`${runtime}: ${name}: ${verdict}: ${reason}`);
}
const count = (verdict: Outcome['verdict']) => all.filter((outcome) => outcome.verdict === verdict).length;
console.log(
  `${count('holds')} hold, ${count('not run')} not run, ${count('fails')} fail, on ${columns.length} runtimes`,
);
if (count('fails') > 0) process.exitCode = 1;

/** A runtime that does not even run is a failure of its own, and keeps no other from running. */
async function outcomesOn(runtime: Runtime): Promise<Outcome[]> {
  const { executable } = runtime;
  if (executable && !existsSync(executable) && platform !== 'linux x64') {
    const reason = `npm has no build of it for ${platform}`;
    return [{ name: 'runs at all', verdict: 'not run', reason }];
  }
  return runOn(runtime, scenarios.port).catch((error: unknown) => [
    { name: 'runs at all', verdict: 'fails', reason: String(error) },
  ]);
}

function mark(outcomes: readonly Outcome[], rule: string): string {
  const verdict = outcomes.find(({ name }) => name === rule)?.verdict;
  return verdict === 'holds' ? 'ok' : verdict === 'not run' ? '–' : verdict === 'fails' ? 'FAILS' : '';
}

function byName(one: Runtime, other: Runtime): number {
  return one.name.localeCompare(other.name);
}
