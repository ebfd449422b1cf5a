import { createMany, type Tally } from './create-many.ts';

/** `npm run client:doubles -- [creates] [seed]`: fails if an unreliable network causes a duplicate merchant. */
const [creates = '10000', seed = '20261124'] = process.argv.slice(2);

console.log(`${creates} creates, a fifth of their responses lost after commit, seed ${seed}`);
for (const withRecords of [false, true]) {
  const tally = await createMany(Number(creates), Number(seed), withRecords);
  console.log(describe(withRecords, tally));
  const wrong = tally.duplicates + tally.silent + (withRecords ? tally.ends.unknown + tally.missing : 0);
  if (wrong > 0) process.exitCode = 1;
}

function describe(withRecords: boolean, { ends, lost, duplicates, silent, missing }: Tally): string {
  return [
    withRecords ? 'with findMerchant:' : 'without findMerchant:',
    `  lost           ${lost.responses} responses, ${lost.requests} requests`,
    `  calls ended    ${ends.created} created, ${ends.unknown} unknown, ${ends.failed} failed or never sent`,
    `  provider has   ${duplicates} duplicates, ${missing} missing, ${silent} whose call did not report them`,
  ].join('\n');
}
