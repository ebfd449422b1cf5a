import { parseArgs } from 'node:util';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { allChecks } from './checks.ts';
import { createContractCopy } from './contract-copy.ts';
import { createMutants, type Mutant, unchangedFile } from './create-mutants.ts';
import { outsideMistakes } from './outside-mistakes.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '100' },
    outside: { type: 'boolean', default: false },
  },
});
const minScore = 0.95;
const workers = 2;

const mutants = values.outside ? outsideMistakes() : createMutants(Number(values.seed), Number(values.count));
const queue = [...mutants];
const results: { mutant: Mutant; killedBy: string | undefined }[] = [];
const started = performance.now();
await assertChecksPass();
await Promise.all(Array.from({ length: workers }, testMutants));
report();

/** Checks that fail without a mistake would kill every mutant, and the score would mean nothing. */
async function assertChecksPass(): Promise<void> {
  await using copy = await createContractCopy();
  const failed = await copy.killedBy(unchangedFile(), allChecks);
  if (failed)
    throw new Error(
      `"${failed}" fails for the unchanged contract. Fix the contract or the check before you test mutants.`,
    );
}

async function testMutants(): Promise<void> {
  await using copy = await createContractCopy();
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const killedBy = await copy.killedBy(mutant, allChecks);
    results.push({ mutant, killedBy });
    const { operator, file, where } = mutant;
    const result = (killedBy ?? 'SURVIVED').padEnd(28);
    console.log(`${results.length}/${mutants.length}  ${result}${operator}: ${file} ${where}`);
  }
}

function report(): void {
  const names = allChecks.map(({ name }) => name);
  const rows = [...new Set(mutants.map(({ operator }) => operator))].map((operator) => {
    const ofOperator = results.filter(({ mutant }) => mutant.operator === operator);
    const counts = [...names, undefined].map(
      (name) => ofOperator.filter(({ killedBy }) => killedBy === name).length || '',
    );
    return [operator, ...counts].map(String);
  });
  console.log(`\n${markdownTable(['mutation', ...names, 'survived'], rows)}`);
  const survivors = results.filter(({ killedBy }) => killedBy === undefined);
  for (const { mutant } of survivors)
    console.log(`Survived: ${mutant.operator}, ${mutant.file} ${mutant.where}`);
  const killed = mutants.length - survivors.length;
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(
    `\n${values.outside ? 'outside' : `seed ${values.seed}`}: ${killed} of ${mutants.length} killed, in ${minutes} minutes`,
  );
  if (killed / mutants.length < minScore) process.exitCode = 1;
}
