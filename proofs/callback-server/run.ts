import { parseArgs } from 'node:util';
import type { Engine } from './databases/database.ts';
import { type FaultTableName, faultTables, runFaultTable } from './fault-tables.ts';

const names = Object.keys(faultTables) as FaultTableName[];
const usage = `Usage: npm run callback-server:faults -w proofs [-- name…] [--cycles N] [--seed S] [--engine sqlite|postgres]

${names.map((name) => `  ${name.padEnd(22)}${faultTables[name].about} (${faultTables[name].cycles})`).join('\n')}

Without a name, runs all tables at their full length, on each of their engines. That takes hours.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cycles: { type: 'string' },
    seed: { type: 'string' },
    engine: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const hasUnknownName = positionals.some((name) => !(name in faultTables));
if (values.help || hasUnknownName) {
  process.stdout.write(usage);
  process.exitCode = hasUnknownName ? 2 : 0;
} else {
  for (const name of names)
    if (positionals.length === 0 || positionals.includes(name))
      for (const engine of faultTables[name].engines)
        if (!values.engine || values.engine === engine) await run(name, engine);
}

async function run(name: FaultTableName, engine: Engine): Promise<void> {
  const cycles = Number(values.cycles ?? faultTables[name].cycles);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const startedAt = performance.now();
  const onProgress = createProgressReport((done) => `${name} on ${engine}: ${done} of ${cycles}`);
  const { holds, summary } = await runFaultTable(name, engine, {
    cycles,
    seed,
    judgesSpeed: true,
    onProgress,
  });
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(
    `${holds ? 'holds' : 'FAILS'}  ${name} on ${engine}: ${summary} (seed ${seed}, ${minutes} min)`,
  );
  if (!holds) process.exitCode = 1;
}

/** Reports progress every ten seconds, on standard error: standard output has only the results. */
function createProgressReport(text: (done: number) => string): (done: number) => void {
  let reportedAt = performance.now();
  return (done) => {
    if (performance.now() - reportedAt < 10_000) return;
    reportedAt = performance.now();
    console.error(text(done));
  };
}
