import { expect, test } from 'vitest';
import { createCallBudget } from '../../src/confirm/call-budget.ts';

test.each([6, 120])(
  'no minute has more calls than a budget of %i, however many are asked for',
  (perMinute) => {
    let now = 0;
    const { take } = createCallBudget(perMinute, () => now);
    const calls: number[] = [];
    for (let count = 0; count < 3 * perMinute; count++) {
      calls.push(now + take());
      now += count % 7 === 0 ? 5 : 0;
    }
    for (const [index, at] of calls.entries()) {
      const inMinute = calls.slice(index).filter((other) => other < at + 60_000).length;
      expect(inMinute).toBeLessThanOrEqual(perMinute);
    }
  },
);

test('after a quiet time a call need not wait', () => {
  let now = 0;
  const { take } = createCallBudget(60, () => now);
  expect([take(), take()]).toEqual([0, 1000]);
  now = 100_000;
  expect(take()).toBe(0);
});

test('the time that a call waits is never negative, even while the clock goes on', () => {
  let now = 0;
  const { take } = createCallBudget(60, () => now++);
  expect(take()).toBe(0);
});

test('no call starts in a pause', () => {
  let now = 0;
  const { take, pause, pauseMs } = createCallBudget(60, () => now);
  pause(5000);
  expect([pauseMs(), take()]).toEqual([5000, 5000]);
  now = 5000;
  // The call that waited through the pause counts.
  expect([pauseMs(), take()]).toEqual([0, 1000]);
});
