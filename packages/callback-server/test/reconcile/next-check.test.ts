import { expect, test } from 'vitest';
import type { CheckSchedule } from '../../src/merchant/check-schedule.ts';
import { nextCheck } from '../../src/reconcile/next-check.ts';

const minute = 60_000;
const limits = { reconcileMs: 60 * minute, unverifiableMs: 24 * 60 * minute };
const known: CheckSchedule = { state: 'in-step', quietMs: 0, delayMs: 60 * minute };

function checks(count: number, found: 'in-step' | 'failed', from = known): CheckSchedule[] {
  const schedules = [from];
  for (let index = 0; index < count; index++)
    schedules.push(nextCheck(schedules.at(-1) ?? from, found, limits));
  return schedules;
}

test('without news, the delay of each check is an hour plus a quarter of the quiet time', () => {
  for (const { quietMs, delayMs } of checks(60, 'in-step'))
    expect(delayMs).toBe(60 * minute + Math.round(quietMs / 4));
});

test('a merchant without news costs about 35 pulls in a year', () => {
  const inYear = checks(60, 'in-step').filter(({ quietMs }) => quietMs < 365 * 24 * 60 * minute);
  expect(inYear.length).toBeGreaterThan(30);
  expect(inYear.length).toBeLessThan(40);
});

test('a failed check is repeated after growing delays, and after a day the merchant is unverifiable', () => {
  const failing = checks(40, 'failed').slice(1);
  expect(failing[0]).toEqual({ state: 'failing', quietMs: 0, delayMs: minute });
  for (const { state, quietMs } of failing)
    expect(state).toBe(quietMs >= limits.unverifiableMs ? 'unverifiable' : 'failing');
  expect(failing.at(-1)?.state).toBe('unverifiable');
});

test.each(['in-step', 'recovered'] as const)(
  'the delay of a merchant that is %s again starts from the beginning',
  (found) => {
    const [, , failing = known] = checks(2, 'failed');
    expect(nextCheck(failing, found, limits)).toEqual({ ...known, quietMs: 0 });
  },
);
