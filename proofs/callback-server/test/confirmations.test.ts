import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import { confirmPlans } from '../confirmations/confirm-plans.ts';
import { type ConfirmPlan, runConfirmSimulation } from '../confirmations/confirm-simulation.ts';
import { slow } from './run-slice.ts';

const size = { seed, merchants: 40, pullsPerMinute: 60 };

// `npm run callback-server:confirmations` runs all kinds.
for (const [name, plan] of Object.entries(confirmPlans).slice(-1))
  test(
    `${name}: true decisions are delivered, and forged ones are in quarantine (SEED=${seed})`,
    slow,
    async () => {
      const { broken } = await runConfirmSimulation({ ...plan, ...size });
      expect(broken, `SEED=${seed}`).toEqual([]);
    },
  );

const steady: ConfirmPlan = { ...size, hours: 6, maxStaleMs: 600_000, outageHour: undefined, isFlaky: false };

test.each([
  ['delivers without a confirmation', { isConfirmed: false, seed: 1 }, /the forged accept of .* is taken/],
  ['gives up before the pull shows the decision', { agreeMs: 60_000, seed: 1 }, /the true .* is dead/],
])('the simulation finds a server that %s', slow, async (_, change, found) => {
  const { broken } = await runConfirmSimulation({ ...steady, ...change });
  expect(broken.join()).toMatch(found);
});
