import { existsSync } from 'node:fs';
import type { Outcome } from './outcome.ts';

/** A runtime, and how the checks are run on it. */
export interface Checked {
  readonly name: string;
  /** Where it is, if it may be missing: npm has not every runtime for every platform. */
  readonly executable?: string;
  /** Runs them, with the runtime started before and ended after. */
  readonly outcomes: () => Promise<Outcome[]>;
}

interface Column {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

const platform = `${process.platform} ${process.arch}`;

/**
 * Runs the checks on one runtime after the other, and prints a table of rules and runtimes.
 *
 * @returns how many fail
 */
export async function compare(runtimes: readonly Checked[]): Promise<number> {
  const columns: Column[] = [];
  for (const runtime of runtimes.toSorted((one, other) => one.name.localeCompare(other.name)))
    columns.push({ name: runtime.name, outcomes: await outcomesOn(runtime) });
  printTable(columns);
  return printReasons(columns);
}

/** A runtime that does not even run is a failure of its own, and keeps no other from running. */
async function outcomesOn({ executable, outcomes }: Checked): Promise<Outcome[]> {
  if (executable && !existsSync(executable) && platform !== 'linux x64') {
    const reason = `npm has no build of it for ${platform}`;
    return [{ name: 'runs at all', verdict: 'not run', reason }];
  }
  return outcomes().catch((error: unknown) => [
    { name: 'runs at all', verdict: 'fails', reason: String(error) },
  ]);
}

function printTable(columns: readonly Column[]): void {
  const rules = [...new Set(columns.flatMap(({ outcomes }) => outcomes.map(({ name }) => name)))];
  const width = Math.max(...rules.map((rule) => rule.length));
  console.log(['rule'.padEnd(width), ...columns.map(({ name }) => name)].join(' | '));
  for (const rule of rules) {
    const cells = columns.map(({ name, outcomes }) => mark(outcomes, rule).padEnd(name.length));
    console.log([rule.padEnd(width), ...cells].join(' | '));
  }
}

function mark(outcomes: readonly Outcome[], rule: string): string {
  const verdict = outcomes.find(({ name }) => name === rule)?.verdict;
  return verdict === 'holds' ? 'ok' : verdict === 'not run' ? '–' : verdict === 'fails' ? 'FAILS' : '';
}

function printReasons(columns: readonly Column[]): number {
  const all = columns.flatMap(({ name, outcomes }) =>
    outcomes.map((outcome) => ({ runtime: name, ...outcome })),
  );
  for (const { runtime, name, verdict, reason } of all)
    if (reason) console.log(`${runtime}: ${name}: ${verdict}: ${reason}`);
  const count = (verdict: Outcome['verdict']) => all.filter((outcome) => outcome.verdict === verdict).length;
  console.log(
    `${count('holds')} hold, ${count('not run')} not run, ${count('fails')} fail, on ${columns.length} runtimes`,
  );
  return count('fails');
}
