import { expect, test } from 'vitest';
import { createAttemptSlots } from '../../src/dispatch/attempt-slots.ts';

/** Counts the claims of passes with some free slots, while first attempts and retries wait at all times. */
function claimedBy(passes: number, free: number, concurrency: number) {
  const slots = createAttemptSlots(concurrency);
  const counts = { fresh: 0, retries: 0 };
  for (let pass = 0; pass < passes; pass++) {
    const limits = slots.limits(free);
    const claims = [
      ...Array.from({ length: limits.fresh }, () => ({ attempt: 1 })),
      ...Array.from({ length: limits.retries }, () => ({ attempt: 2 })),
    ];
    slots.claimed(claims, limits);
    counts.fresh += limits.fresh;
    counts.retries += limits.retries;
  }
  return counts;
}

test.each([
  ['one slot is free, as for the probes of an open circuit', 1, 256],
  ['there is one slot', 1, 1],
  ['two slots are free', 2, 256],
  ['all slots are free', 8, 8],
])('if %s, first attempts have at least half of the turns, and retries have some', (_, free, concurrency) => {
  const { fresh, retries } = claimedBy(100, free, concurrency);
  expect(fresh + retries).toBe(100 * free);
  expect(fresh).toBeGreaterThanOrEqual(retries);
  expect(retries).toBeGreaterThan(0);
});
