import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import type { JsonTestResults } from 'vitest/node';

const usage = `Usage: npm run check:repeat [-- [--runs N] [--seed S] [--busy] [file…]]

Runs the property tests and the fault slices again and again, each time with another seed, and prints which seeds failed.

  --runs N   number of runs (20)
  --seed S   seed of the first run; each next run adds 1 (random)
  --busy     keeps all cores busy during the runs
  file       runs only the test files whose path contains this text
`;

type Run = Awaited<ReturnType<typeof runWithSeed>>;

const proofs = fileURLToPath(new URL('.', import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    busy: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(usage);
else await repeat(Number(values.runs), Number(values.seed));

async function repeat(count: number, firstSeed: number): Promise<void> {
  const load = values.busy ? keepCoresBusy() : [];
  const folder = await mkdtemp(join(tmpdir(), 'check-repeat-'));
  const runs: Run[] = [];
  try {
    while (runs.length < count) {
      const run = await runWithSeed(firstSeed + runs.length, join(folder, 'report.json'));
      runs.push(run);
      const [seed, tests, failed, seconds] = rowOf(run);
      console.error(`${runs.length} of ${count}: seed ${seed}, ${failed} of ${tests} failed, ${seconds} s`);
      for (const failure of run.failed) console.error(`  failed: ${failure}`);
    }
  } finally {
    for (const child of load) child.kill();
    await rm(folder, { recursive: true });
  }
  const green = runs.filter(({ failed }) => failed.length === 0).length;
  console.log(markdownTable(['seed', 'tests', 'failed', 'seconds'], runs.map(rowOf)));
  console.log(`\n${green} of ${count} runs passed${values.busy ? ', with all cores busy' : ''}.`);
  if (green < count) process.exitCode = 1;
}

async function runWithSeed(seed: number, reportFile: string) {
  const started = performance.now();
  await runTests(seed, reportFile);
  const { numTotalTests: tests, testResults } = JSON.parse(
    await readFile(reportFile, 'utf8'),
  ) as JsonTestResults;
  await rm(reportFile); // A run that writes no report must not be taken for the run before.
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const failures = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName }) => fullName);
    return status === 'failed' && failures.length === 0 ? [`${name} did not run`] : failures;
  });
  return { seed, tests, failed, seconds: Math.round((performance.now() - started) / 1000) };
}

/** Resolves when the tests have ended, whether they passed or failed: the report says which. */
function runTests(seed: number, reportFile: string): Promise<void> {
  const args = [vitest, 'run', ...positionals, '--reporter=json', `--outputFile=${reportFile}`];
  const options = { cwd: proofs, env: { ...process.env, SEED: String(seed) }, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, () => resolve());
  });
}

function keepCoresBusy(): readonly ChildProcess[] {
  return Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ['-e', 'for (;;);']));
}

function rowOf({ seed, tests, failed, seconds }: Run): string[] {
  return [seed, tests, failed.length, seconds].map(String);
}
