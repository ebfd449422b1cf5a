import { createMany, type Tally } from './create-many.ts';

/** `npm run client:doubles -- [creates] [seed]`: counts the doubles that a bad network brings about, and fails if there is one. */
const [creates = '10000', seed = '20261124'] = process.argv.slice(2);

console.log(`${creates} creates, a fifth of their answers lost after commit, seed ${seed}`);
for (const withRecords of [false, true]) {
  const tally = await createMany(Number(creates), Number(seed), withRecords);
  console.log(describe(withRecords, tally));
  const wrong = tally.doubled + tally.silent + (withRecords ? tally.ends.unknown + tally.missing : 0);
  if (wrong > 0) process.exitCode = 1;
}

function describe(withRecords: boolean, { ends, lost, doubled, silent, missing }: Tally): string {
  return [
    withRecords ? 'with findMerchant:' : 'without findMerchant:',
    `  lost         ${lost.answers} answers, ${lost.requests} requests`,
    `  calls ended  ${ends.created} created, ${ends.unknown} unknown, ${ends.refused} refused or never sent`,
    `  provider has ${doubled} doubled, ${missing} missing, ${silent} that no call tells of`,
  ].join('\n');
}
