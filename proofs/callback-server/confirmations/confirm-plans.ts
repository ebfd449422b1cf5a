import type { ConfirmPlan } from './confirm-simulation.ts';

const minute = 60_000;

/** Six hours of a provider, by what goes wrong. Each simulation adds its seed and its size. */
export const confirmPlans: Readonly<
  Record<string, Omit<ConfirmPlan, 'seed' | 'merchants' | 'pullsPerMinute'>>
> = {
  'pulls show each decision at once': { hours: 6, maxStaleMs: 0, outageHour: undefined, isFlaky: false },
  'pulls are stale for up to 10 minutes': {
    hours: 6,
    maxStaleMs: 10 * minute,
    outageHour: undefined,
    isFlaky: false,
  },
  'pulls are stale, late, refused and lost': {
    hours: 6,
    maxStaleMs: 10 * minute,
    outageHour: undefined,
    isFlaky: true,
  },
  'pulls are stale, late, refused and lost, and none succeeds for an hour': {
    hours: 6,
    maxStaleMs: 10 * minute,
    outageHour: 2,
    isFlaky: true,
  },
};
