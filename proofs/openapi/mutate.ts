import { parseArgs } from 'node:util';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { allChecks } from './checks.ts';
import { createContractCopy } from './contract-copy.ts';
import { createMutants, type Mutant, unchangedFile } from './create-mutants.ts';
import { mutationOperators } from './mutation-operators.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '100' } },
});
const minScore = 0.95;
const workers = 2;

const mutants = createMutants(Number(values.seed), Number(values.count));
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
    throw new Error(`"${failed}" fails for the unchanged contract. Fix it before you test mutants.`);
}

async function testMutants(): Promise<void> {
  await using copy = await createContractCopy();
  for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
    const killedBy = await copy.killedBy(mutant, allChecks);
    results.push({ mutant, killedBy });
    const { operator, file, pointer } = mutant;
    const result = (killedBy ?? 'SURVIVED').padEnd(28);
    console.log(`${results.length}/${mutants.length}  ${result}${operator}: ${file}#${pointer}`);
  }
}

function report(): void {
  const names = allChecks.map(({ name }) => name);
  const rows = Object.keys(mutationOperators).map((operator) => {
    const ofOperator = results.filter(({ mutant }) => mutant.operator === operator);
    const counts = [...names, undefined].map(
      (name) => ofOperator.filter(({ killedBy }) => killedBy === name).length || '',
    );
    return [operator, ...counts].map(String);
  });
  const tested = rows.filter(([, ...counts]) => counts.some((count) => count !== ''));
  console.log(`\n${markdownTable(['mutation', ...names, 'survived'], tested)}`);
  const survivors = results.filter(({ killedBy }) => killedBy === undefined);
  for (const { mutant } of survivors)
    console.log(`Survived: ${mutant.operator}, ${mutant.file}#${mutant.pointer}`);
  const killed = mutants.length - survivors.length;
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`\nseed ${values.seed}: ${killed} of ${mutants.length} killed, in ${minutes} minutes`);
  if (killed / mutants.length < minScore) process.exitCode = 1;
}
