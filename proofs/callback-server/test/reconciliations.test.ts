import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import { type ReconcilePlan, reconcilePlans } from '../reconciliations/reconcile-plans.ts';
import { runReconcileSimulation } from '../reconciliations/reconcile-simulation.ts';
import { slow } from './run-slice.ts';

const size = { seed, merchants: 30, pullsPerMinute: 60 };

// `npm run callback-server:reconciliations` runs all kinds.
for (const [name, plan] of Object.entries(reconcilePlans).slice(-2))
  test(`${name}: each last decision is delivered once (SEED=${seed})`, slow, async () => {
    const { broken, recovered } = await runReconcileSimulation({ ...plan, ...size });
    expect(broken, `SEED=${seed}`).toEqual([]);
    expect(recovered).toBeGreaterThan(0);
  });

const lossy: ReconcilePlan = {
  ...size,
  seed: 1,
  hours: 6,
  maxStaleMs: 0,
  outageHour: undefined,
  isFlaky: false,
  shareDropped: 0.5,
};

test.each([
  ['pulls no overdue merchant', { isReconciled: false }, /is \w+, and the handler got/],
  ['delivers a recovered decision again', { leavesOutRepeats: false }, /was delivered twice/],
])('the simulation finds a server that %s', slow, async (_, change, found) => {
  const { broken } = await runReconcileSimulation({ ...lossy, ...change });
  expect(broken.join()).toMatch(found);
});
