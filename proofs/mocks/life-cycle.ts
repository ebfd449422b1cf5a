import fc from 'fast-check';
import { createSandbox, transitions } from '../../packages/mocks/src/index.ts';
import { commandLists, enrolPartner } from './life-cycle/commands.ts';
import type { Model } from './life-cycle/model.ts';
import type { SandboxDriver } from './life-cycle/sandbox-driver.ts';
import { readFlags, report } from './run/command-line.ts';

// Proof: for any sequence of actions of partners and the back office, the sandbox behaves like an independent model. The
// runs take every transition, and the sandbox refuses all other moves. Run as `npm run mocks:life-cycle`.
const { runs, seed } = readFlags({ runs: 10_000 });
const taken = new Map(transitions.map(({ from, move }) => [`${from} ${move}`, 0]));
let commandCount = 0;

const property = fc.property(commandLists, (commands) => {
  const model: Model = { now: 1_700_000_000_000, partners: [], cases: [] };
  const sandbox = createSandbox({ seed: 1, now: () => model.now });
  const driver: SandboxDriver = { sandbox, partners: [], cases: [] };
  fc.modelRun(() => {
    enrolPartner(model, driver);
    return { model, real: driver };
  }, commands);
  for (const { from, move, count } of sandbox.coverage().transitions)
    taken.set(`${from} ${move}`, (taken.get(`${from} ${move}`) ?? 0) + count);
  commandCount += [...commands].length;
});
const { failed, numRuns, counterexample, errorInstance } = fc.check(property, {
  numRuns: runs,
  seed: Number(seed),
});

const counts = [...taken].map(([name, count]) => `${name} ${count}`);
const missed = [...taken].filter(([, count]) => count === 0);
report(
  [
    `${numRuns} runs of ${commandCount} commands in all: ${failed ? 'a divergence' : '0 divergences'} (seed ${seed}).`,
    `${taken.size - missed.length} of ${taken.size} transitions taken: ${counts.join(', ')}.`,
  ],
  failed ? [`${counterexample}\n${errorInstance}`] : [],
  !failed && missed.length === 0,
);
