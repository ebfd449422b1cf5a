import { parseArgs } from 'node:util';
import { testSeed } from '@partner-ecosystem/testing/test-seed';

interface Size {
  readonly seed: number;
  readonly merchants: number;
  readonly pullsPerMinute: number;
}

/** What every simulation finds, besides counts of its own. */
interface Result {
  readonly maxRequestsInMinute: number;
  readonly maxDelayMs: number;
  readonly broken: readonly string[];
}

/** Simulations of several kinds, and how their results are shown. */
interface Runs<Plan, Count extends string> {
  /** The script of `package.json`. */
  readonly script: string;
  readonly plans: Readonly<Record<string, Plan>>;
  readonly run: (plan: Plan & Size) => Promise<Result & Readonly<Record<NoInfer<Count>, number>>>;
  /** The counts of a result, with their words. */
  readonly counts: Readonly<Record<Count, string>>;
  /** The words for the longest delay. */
  readonly delay: string;
}

const usage = (
  script: string,
) => `Usage: npm run ${script} -w proofs [-- --simulations N] [--merchants N] [--seed S]

  --simulations N  simulations of each kind (10)
  --merchants N    merchants in each simulation (500)
  --seed S         seed of the first simulation; each further one has the next seed (random)

Prints a line for each kind, and the promises that a simulation breaks. Exits with 1 if a promise is broken.
`;

/** Runs simulations of each kind, as the arguments of the command say. */
export async function runPlans<Plan, Count extends string>(runs: Runs<Plan, Count>): Promise<void> {
  const { values } = parseArgs({
    options: {
      simulations: { type: 'string', default: '10' },
      merchants: { type: 'string', default: '500' },
      seed: { type: 'string', default: String(testSeed) },
      help: { type: 'boolean' },
    },
  });
  const numbers = [values.simulations, values.merchants, values.seed].map(Number);
  const [simulations = 0, merchants = 0, first = 0] = numbers;
  const areNumbers = numbers.every((value) => Number.isSafeInteger(value));
  if (values.help || !areNumbers) {
    process.stdout.write(usage(runs.script));
    process.exitCode = areNumbers ? 0 : 2;
    return;
  }
  for (const [name, plan] of Object.entries(runs.plans)) {
    const results = [];
    for (let seed = first; seed < first + simulations; seed++) {
      const result = await runs.run({ ...plan, seed, merchants, pullsPerMinute: 60 });
      if (result.broken.length > 0) console.log(`seed ${seed} breaks promises:`, result.broken);
      results.push(result);
    }
    const isBroken = results.some(({ broken }) => broken.length > 0);
    if (isBroken) process.exitCode = 1;
    console.log(
      `${isBroken ? 'FAILS' : 'holds'}  ${name}: ${summaryOf(results, runs)} (seeds from ${first})`,
    );
  }
}

function summaryOf<Plan, Count extends string>(
  results: readonly (Result & Readonly<Record<Count, number>>)[],
  { counts, delay }: Runs<Plan, Count>,
): string {
  const sums = Object.entries<string>(counts).map(
    // `Object.entries` forgets the keys.
    ([count, words]) => `${results.reduce((sum, result) => sum + result[count as Count], 0)} ${words}`,
  );
  const maxRequests = Math.max(...results.map(({ maxRequestsInMinute }) => maxRequestsInMinute));
  const maxDelayMs = Math.max(...results.map(({ maxDelayMs }) => maxDelayMs));
  return [
    ...sums,
    `at most ${maxRequests} in a minute of 60`,
    `${delay} ${Math.round(maxDelayMs / 60_000)} min`,
  ].join(', ');
}
