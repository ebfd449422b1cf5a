import { existsSync } from 'node:fs';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { type Outcome, runChecks, type Suite } from './run-checks.ts';
import { installRuntimes, type Runtime } from './runtimes.ts';

interface Column {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

const platform = `${process.platform} ${process.arch}`;
const marks = { holds: 'ok', 'not run': '–', fails: 'FAILS' };

/** Runs a suite on one runtime after the other, prints a table, and sets the exit code if a check fails. */
export async function compareRuntimes(runtimes: readonly Runtime[], suite: Suite): Promise<void> {
  await installRuntimes();
  const columns: Column[] = [];
  for (const runtime of runtimes.toSorted((one, other) => one.name.localeCompare(other.name)))
    columns.push({ name: runtime.name, outcomes: await outcomesOn(runtime, suite) });
  printTable(columns);
  if (printReasons(columns) > 0) process.exitCode = 1;
}

/** A runtime that does not start counts as one failure. The other runtimes still run. */
async function outcomesOn(runtime: Runtime, suite: Suite): Promise<Outcome[]> {
  const name = 'the runtime starts';
  if (runtime.executable && !existsSync(runtime.executable) && platform !== 'linux x64')
    return [{ name, verdict: 'not run', reason: `npm has no build of the runtime for ${platform}` }];
  return runChecks(runtime, suite).catch((error: unknown) => [
    { name, verdict: 'fails', reason: String(error) },
  ]);
}

function printTable(columns: readonly Column[]): void {
  const rules = [...new Set(columns.flatMap(({ outcomes }) => outcomes.map(({ name }) => name)))];
  const rows = rules.map((rule) => {
    const outcomes = columns.map(({ outcomes }) => outcomes.find(({ name }) => name === rule));
    return [rule, ...outcomes.map((outcome) => (outcome ? marks[outcome.verdict] : ''))];
  });
  console.log(markdownTable(['rule', ...columns.map(({ name }) => name)], rows));
}

function printReasons(columns: readonly Column[]): number {
  for (const { name: runtime, outcomes } of columns)
    for (const { name, verdict, reason } of outcomes)
      if (reason) console.log(`${runtime}: ${name}: ${verdict}: ${reason}`);
  const verdicts = columns.flatMap(({ outcomes }) => outcomes.map(({ verdict }) => verdict));
  const count = (verdict: Outcome['verdict']) => verdicts.filter((each) => each === verdict).length;
  console.log(
    `${count('holds')} hold, ${count('not run')} not run, ${count('fails')} fail, on ${columns.length} runtimes`,
  );
  return count('fails');
}
