import fc from 'fast-check';
import { createSandbox, transitions } from '../../packages/mocks/src/index.ts';
import { readFlags } from './flags.ts';
import { anyCommands, beginReady } from './life-cycle/commands.ts';
import type { Model } from './life-cycle/model.ts';
import type { Real } from './life-cycle/real.ts';

// Proof: whatever partners and the back office do, in whatever order, the sandbox does as an independent model has it;
// every transition is taken, and what is none is refused. Run as `npm run mocks:life-cycle`.
const { runs, seed } = readFlags({ runs: 10_000 });
const seen = new Map<string, number>();
let steps = 0;

const property = fc.property(anyCommands, (commands) => {
  const model: Model = { now: 1_700_000_000_000, partners: [], cases: [] };
  const sandbox = createSandbox({ seed: 1, now: () => model.now });
  const real: Real = { sandbox, partners: [], cases: [] };
  fc.modelRun(() => {
    beginReady(model, real);
    return { model, real };
  }, commands);
  for (const { from, move, count } of sandbox.coverage().transitions)
    seen.set(`${from} ${move}`, (seen.get(`${from} ${move}`) ?? 0) + count);
  steps += [...commands].length;
});
const { failed, numRuns, counterexample, errorInstance } = fc.check(property, {
  numRuns: runs,
  seed: Number(seed),
});

const missed = transitions.filter(({ from, move }) => !seen.get(`${from} ${move}`));
console.log(
  `${numRuns} runs of ${steps} commands in all: ${failed ? 'a divergence' : '0 divergences'} (seed ${seed}).`,
);
console.log(
  `${transitions.length - missed.length} of ${transitions.length} transitions taken: ${[...seen].map(([name, count]) => `${name} ${count}`).join(', ')}.`,
);
if (failed) console.log(`${counterexample}\n${errorInstance}`);
process.exitCode = failed || missed.length > 0 ? 1 : 0;
