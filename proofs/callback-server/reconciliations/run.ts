import { parseArgs } from 'node:util';
import { testSeed } from '@partner-ecosystem/testing/test-seed';
import { reconcilePlans } from './reconcile-plans.ts';
import { runReconcileSimulation } from './reconcile-simulation.ts';

const usage = `Usage: npm run callback-server:reconciliations -w proofs [-- --simulations N] [--merchants N] [--seed S]

  --simulations N  simulations of each kind (10)
  --merchants N    merchants in each simulation (500)
  --seed S         seed of the first simulation; each further one has the next seed (random)

Prints a line for each kind, and what each simulation breaks. Exits with 1 if one breaks a promise.
`;

const { values } = parseArgs({
  options: {
    simulations: { type: 'string', default: '10' },
    merchants: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(testSeed) },
    help: { type: 'boolean' },
  },
});
const [simulations = 0, merchants = 0, first = 0] = [values.simulations, values.merchants, values.seed].map(
  Number,
);
const areNumbers = [simulations, merchants, first].every((value) => Number.isSafeInteger(value));

if (values.help || !areNumbers) {
  process.stdout.write(usage);
  process.exitCode = areNumbers ? 0 : 2;
} else {
  for (const [name, plan] of Object.entries(reconcilePlans)) {
    const totals = { posted: 0, forged: 0, recovered: 0, requests: 0 };
    let [maxRequests, maxDelayMs, broken] = [0, 0, 0];
    for (let seed = first; seed < first + simulations; seed++) {
      const result = await runReconcileSimulation({ ...plan, seed, merchants, pullsPerMinute: 60 });
      for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += result[key];
      maxRequests = Math.max(maxRequests, result.maxRequestsInMinute);
      maxDelayMs = Math.max(maxDelayMs, result.maxDelayMs);
      broken += result.broken.length;
      if (result.broken.length > 0) console.log(`seed ${seed} breaks promises:`, result.broken);
    }
    if (broken > 0) process.exitCode = 1;
    const { posted, forged, recovered, requests } = totals;
    console.log(
      `${broken === 0 ? 'holds' : 'FAILS'}  ${name}: ${posted} posted, ${forged} forged, ${recovered} recovered, ${requests} requests, at most ${maxRequests} in a minute of 60, longest way to a final decision ${Math.round(maxDelayMs / 60_000)} min (seeds from ${first})`,
    );
  }
}
