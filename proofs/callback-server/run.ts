import { parseArgs } from 'node:util';
import type { FaultTable } from './fault-table.ts';
import { faultTables } from './fault-tables.ts';
import type { Engine } from './workbench/databases.ts';

const usage = `Usage: npm run callback-server:faults -w proofs [-- name…] [--cycles N] [--seed S] [--engine sqlite|postgres]

${Object.entries(faultTables)
  .map(([name, { about, cycles }]) => `  ${name.padEnd(21)}${about} (${cycles})`)
  .join('\n')}

Without a name all of them run, each at its full length and on every engine that it is for. That takes hours.
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
const unknown = positionals.filter((name) => !(name in faultTables));
if (values.help || unknown.length > 0) {
  process.stdout.write(usage);
  process.exitCode = unknown.length > 0 ? 2 : 0;
} else {
  for (const [name, table] of Object.entries(faultTables))
    if (positionals.length === 0 || positionals.includes(name))
      for (const engine of table.engines)
        if (!values.engine || values.engine === engine) await run(name, table, engine);
}

async function run(name: string, table: FaultTable, engine: Engine): Promise<void> {
  const cycles = Number(values.cycles ?? table.cycles);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const started = performance.now();
  const onProgress = tellNowAndThen((done) => `${name} on ${engine}: ${done} of ${cycles}`);
  const { holds, text } = await table.run({ cycles, seed, engine, onProgress });
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`${holds ? 'holds' : 'FAILS'}  ${name} on ${engine}: ${text} (seed ${seed}, ${minutes} min)`);
  if (!holds) process.exitCode = 1;
}

/** Apart from the figures, which are what is kept of a run. */
function tellNowAndThen(text: (done: number) => string): (done: number) => void {
  let toldAt = performance.now();
  return (done) => {
    if (performance.now() - toldAt < 10_000) return;
    toldAt = performance.now();
    console.error(text(done));
  };
}
