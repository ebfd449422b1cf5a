import { expect, test } from 'vitest';
import type { Condition, Notification, NotificationEntry } from '../../src/notify/notification.ts';
import {
  afterFailure,
  afterSuccess,
  dueAt,
  initialState,
  type TellerState,
  withNotification,
  withOccurrence,
  withReading,
} from '../../src/notify/teller-state.ts';

const second = 1000;
const minute = 60 * second;
const limits = { gatherMs: 10 * second, intervalMs: 5 * minute, delaysMs: [5 * second, 30 * second] };

const make = (entries: readonly NotificationEntry[]): Notification => ({
  id: 'not-a-real-id',
  timestamp: '2026-01-01T00:00:00.000Z',
  server: 'test',
  text: '',
  entries,
});
const deadLetter = (callbackId: string, route = 'forward') =>
  ({ kind: 'dead-letter', route, callbackId }) as const;
const circuit: Condition = { kind: 'open-circuit', route: 'forward' };
const overdue = (count: number): Condition => ({ kind: 'overdue', count });

/** Creates a notification at the time `now`, which the target takes. */
function tell(state: TellerState, now: number) {
  const told = withNotification(state, make, now);
  return { entries: told.unsent?.notification.entries ?? [], state: afterSuccess(told) };
}

test('the first notification waits for more occurrences, and later notifications keep their interval', () => {
  const first = withOccurrence(initialState, deadLetter('one'), 0);
  const second = withOccurrence(first, deadLetter('two'), 9000);
  expect([first, second].map((state) => dueAt(state, limits))).toEqual([10_000, 10_000]);
  const { entries, state } = tell(second, 10_000);
  expect(entries).toEqual([{ kind: 'dead-letter', route: 'forward', count: 2, callbackIds: ['one', 'two'] }]);
  expect(dueAt(state, limits)).toBeUndefined();
  expect(dueAt(withOccurrence(state, deadLetter('three'), 20_000), limits)).toBe(10_000 + 5 * minute);
  expect(dueAt(withOccurrence(state, deadLetter('three'), 10 * minute), limits)).toBe(10 * minute + 10_000);
});

test('each kind and each route is counted separately, and a flood keeps ten ids', () => {
  let state = withOccurrence(initialState, { kind: 'quarantined', callbackId: 'forged' }, 0);
  for (let id = 0; id < 1000; id++) state = withOccurrence(state, deadLetter(`${id}`, 'ledger'), 0);
  const { entries } = tell(state, 1);
  expect(entries).toMatchObject([
    { kind: 'quarantined', count: 1, callbackIds: ['forged'] },
    { kind: 'dead-letter', route: 'ledger', count: 1000 },
  ]);
  expect(JSON.stringify(entries).length).toBeLessThan(300);
});

test('a condition is reported when it begins, when it has doubled or halved, and when it ends', () => {
  let state = initialState;
  const phases = [1, 1, 1, 2, 3, 4, 3, 2, 0, 0, 1].map((count, at) => {
    const read = withReading(state, { circuits: [], shared: count ? [overdue(count)] : [] }, at);
    const told = tell(read, at);
    state = told.state;
    expect(dueAt(read, limits) === undefined).toBe(told.entries.length === 0);
    return told.entries.map((entry) => 'phase' in entry && `${entry.phase} ${entry.count ?? ''}`).join();
  });
  expect(phases).toEqual([
    'began 1',
    '',
    '',
    'changed 2',
    '',
    'changed 4',
    '',
    'changed 2',
    'ended ',
    '',
    'began 1',
  ]);
});

test('a condition that has begun and ended before a notification is not reported', () => {
  const open = withReading(initialState, { circuits: [circuit], shared: [] }, 0);
  expect(dueAt(open, limits)).toBe(10_000);
  const closed = withReading(open, { circuits: [], shared: [] }, 5000);
  expect(dueAt(closed, limits)).toBeUndefined();
  expect(tell(closed, 10_000).entries).toEqual([]);
});

test('a server that no longer reports merchants forgets them, and keeps its own circuits', () => {
  const both = { circuits: [circuit], shared: [overdue(3)] };
  const { state } = tell(withReading(initialState, both, 0), 0);
  const left = withReading(state, { circuits: [circuit] }, 1);
  expect(dueAt(left, limits)).toBeUndefined();
  // The other server is gone, and this server reports lasting conditions again.
  const { entries } = tell(withReading(left, both, 2), 2);
  expect(entries).toEqual([{ ...overdue(3), phase: 'began' }]);
});

test('a failing target gets the same notification after growing delays, and newer occurrences in the next one', () => {
  let state = withNotification(withOccurrence(initialState, deadLetter('one'), 0), make, 10_000);
  const { notification } = state.unsent ?? {};
  const delays = [0, 1, 2, 3].map((attempt) => {
    const now = 10_000 + attempt;
    state = afterFailure(state, limits, now, 0);
    state = withOccurrence(state, deadLetter(`later ${attempt}`), now);
    expect(withNotification(state, make, now).unsent?.notification).toBe(notification);
    return (dueAt(state, limits) ?? 0) - now;
  });
  expect(delays).toEqual([5000, 30_000, 30_000, 30_000]);
  expect(tell(afterSuccess(state), 20_000).entries).toMatchObject([{ count: 4 }]);
});
