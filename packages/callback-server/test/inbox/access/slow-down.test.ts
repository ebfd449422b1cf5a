import { expect, test } from 'vitest';
import { createSlowDown } from '../../../src/inbox/access/slow-down.ts';

function prepare() {
  const clock = { now: 1_000_000 };
  return { clock, slowDown: createSlowDown({ free: 3, now: () => clock.now }) };
}

test('after some failures, each failure doubles the wait of its own key, up to a minute', () => {
  const { clock, slowDown } = prepare();
  const waits = Array.from({ length: 12 }, () => {
    slowDown.count('one');
    return slowDown.waitMs('one');
  });
  expect(waits.slice(0, 6)).toEqual([0, 0, 5000, 10_000, 20_000, 40_000]);
  expect(waits.at(-1)).toBe(60_000);
  expect(slowDown.waitMs('other')).toBe(0);
  clock.now += 59_999;
  expect(slowDown.waitMs('one')).toBe(1);
  clock.now += 1;
  expect(slowDown.waitMs('one')).toBe(0);
});

test('failures are forgotten after a success or an hour, and takeBack removes one failure', () => {
  const { clock, slowDown } = prepare();
  for (let count = 0; count < 4; count++) slowDown.count('one');
  slowDown.takeBack('one');
  expect(slowDown.waitMs('one')).toBe(5000);
  slowDown.forget('one');
  expect(slowDown.waitMs('one')).toBe(0);
  for (let count = 0; count < 4; count++) slowDown.count('one');
  clock.now += 3_600_000;
  slowDown.count('one');
  expect(slowDown.waitMs('one')).toBe(0);
});

test('ten thousand keys are remembered, and the key that failed longest ago is forgotten first', () => {
  const { slowDown } = prepare();
  for (let count = 0; count < 4; count++) for (const key of ['old', 'busy']) slowDown.count(key);
  for (let key = 0; key < 9_999; key++) slowDown.count(`key ${key}`);
  slowDown.count('busy');
  expect([slowDown.waitMs('old'), slowDown.waitMs('busy')]).toEqual([0, 20_000]);
});
