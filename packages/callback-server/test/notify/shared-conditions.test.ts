import { expect, test } from 'vitest';
import { createQuietTime } from '../../src/notify/quiet-time.ts';
import { sharedConditions } from '../../src/notify/shared-conditions.ts';

const hour = 3_600_000;
const day = 24 * hour;
const year = 365 * day;
const nobody = { known: 0, inStep: 0, overdue: 0, unverifiable: 0, oldestOverdueMs: null };

test.each([
  ['a day without callbacks is reported if merchants are known', day, 1, undefined, 1],
  ['a little less than a day without callbacks is not reported', day - 1, 1, undefined, 0],
  ['a year without callbacks is not reported if no merchant is known', year, 0, undefined, 0],
  ['a configured time applies even if no merchant is known', hour, 0, hour, 1],
  ['with the time 0, no time without callbacks is reported', year, 1, 0, 0],
])('%s', (_, quietMs, known, maxQuietMs, told) => {
  const limits = { maxQuietMs, overdueMs: undefined };
  const conditions = sharedConditions({ quietMs, merchants: { ...nobody, known } }, limits);
  expect(conditions).toHaveLength(told);
  for (const { kind } of conditions) expect(kind).toBe('no-callbacks');
});

test('overdue merchants are reported when the oldest check is late by overdueMs', () => {
  const merchants = { known: 9, inStep: 4, overdue: 3, unverifiable: 2, oldestOverdueMs: hour };
  const of = (oldestOverdueMs: number, overdueMs: number | undefined) =>
    sharedConditions(
      { quietMs: 0, merchants: { ...merchants, oldestOverdueMs } },
      { maxQuietMs: undefined, overdueMs },
    );
  const unverifiable = { kind: 'unverifiable', count: 2 };
  expect(of(hour, hour)).toEqual([{ kind: 'overdue', count: 3 }, unverifiable]);
  expect(of(hour - 1, hour)).toEqual([unverifiable]);
  // A server that checks no merchants does not report them.
  expect(of(year, undefined)).toEqual([]);
});

test.each([hour, day, 10 * year, -hour, -day, -10 * year])(
  'a jump of the clock by %d ms does not change the time without callbacks',
  (jump) => {
    let [now, wall] = [0, 10 * year];
    const quietTime = createQuietTime(
      () => now,
      () => wall,
    );
    const newest = new Date(wall - hour);
    expect(quietTime(newest)).toBe(hour);
    [now, wall] = [now + hour, wall + hour + jump];
    expect(quietTime(newest)).toBe(2 * hour);
    // A callback that arrives after the jump has a time of the wrong clock.
    expect(quietTime(new Date(wall))).toBe(0);
    [now, wall] = [now + hour, wall + hour - jump];
    expect(quietTime(new Date(wall - hour + jump))).toBe(hour);
  },
);

test('before the first callback the time counts from the start', () => {
  let now = 0;
  const quietTime = createQuietTime(() => now);
  expect(quietTime(undefined)).toBe(0);
  now = day;
  expect(quietTime(undefined)).toBe(day);
  expect(quietTime(new Date(0))).toBe(0);
});

test('a purge of the last callback is no arrival', () => {
  let now = 0;
  const quietTime = createQuietTime(() => now);
  const last = new Date();
  quietTime(last);
  now = 8 * day;
  expect(quietTime(undefined)).toBeGreaterThanOrEqual(8 * day);
  now = 9 * day;
  expect(quietTime(undefined)).toBeGreaterThanOrEqual(9 * day);
  expect(quietTime(new Date(last.getTime() + 1))).toBe(0);
});
