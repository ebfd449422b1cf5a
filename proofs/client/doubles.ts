import { createMany, type Tally } from './create-many.ts';
import { proveUnreachable } from './unreachable/prove-unreachable.ts';

/** `npm run client:doubles -- [creates] [seed]`: fails if an unreliable network makes the client break a promise. */
const [creates = '20000', seed = String(Math.floor(Math.random() * 2 ** 32))] = process.argv.slice(2);

console.log(
  `${creates} creates with and without findMerchant, half of their requests with a random fate, seed ${seed}`,
);
for (const withRecords of [false, true]) {
  for (const trustFetchErrors of [false, true]) {
    const tally = await createMany({
      creates: Number(creates) / 2,
      seed: Number(seed),
      withRecords,
      trustFetchErrors,
      maxLateMs: 5000,
      maxProcessingMs: 6000,
      timeoutMs: 2000,
      concurrency: 500,
    });
    console.log(describe(withRecords, trustFetchErrors, tally));
    if (tally.doubled + tally.silent + tally.denied > 0) process.exitCode = 1;
  }
}
if (!(await proveUnreachable())) process.exitCode = 1;

function describe(withRecords: boolean, trusted: boolean, tally: Tally): string {
  const { counts, overdue, ends, doubled, silent, denied } = tally;
  return [
    `${withRecords ? 'with' : 'without'} findMerchant, ${trusted ? 'with' : 'without'} trustFetchErrors:`,
    ...Object.entries(counts).map(([fate, count]) => `  ${String(count).padStart(6)} requests: ${fate}`),
    `  calls ended    ${ends.created} created, ${ends.unknown} unknown, ${ends.failed} not carried out`,
    `  left out       ${overdue} calls, because this machine stalled for longer than the provider may take`,
    `  wrong          ${doubled} doubled, ${silent} silent, ${denied} wrongly not carried out`,
  ].join('\n');
}
