import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { testSeed } from '@partner-ecosystem/testing/test-seed';
import { expect, test } from 'vitest';
import type {
  Condition,
  Notification,
  NotificationEntry,
} from '../../../packages/callback-server/src/notify/notification.ts';
import {
  afterFailure,
  afterSuccess,
  dueAt,
  initialState,
  withNotification,
  withOccurrence,
  withReading,
} from '../../../packages/callback-server/src/notify/teller-state.ts';

const second = 1000;
const minute = 60 * second;
const limits = {
  gatherMs: 10 * second,
  intervalMs: 5 * minute,
  delaysMs: [5 * second, 30 * second, 2 * minute],
};
const routes = ['forward', 'ledger', 'archive'];
const lives = 200;
const events = 300;

/** The notifications that a target took, and the times at which notifications were made. */
interface Life {
  readonly happened: number;
  readonly taken: readonly Notification[];
  readonly madeAt: readonly number[];
  readonly largest: number;
  readonly lasts: readonly Condition[];
}

/** Makes random occurrences and conditions, for a target that fails at random and works in the end. */
function playLife(random: () => number): Life {
  const within = (max: number) => Math.floor(random() * max);
  const taken: Notification[] = [];
  const madeAt: number[] = [];
  const failureRate = random();
  let [state, now, happened, largest] = [initialState, 0, 0, 0];
  let lasts: Condition[] = [];
  const make = (entries: readonly NotificationEntry[]): Notification => {
    madeAt.push(now);
    return { id: `${madeAt.length}`, timestamp: '', server: '', text: '', entries };
  };
  const tellUntil = (end: number, fails: () => boolean) => {
    for (let at = dueAt(state, limits); at !== undefined && at <= end; at = dueAt(state, limits)) {
      now = Math.max(now, at);
      state = withNotification(state, make, now);
      if (!state.unsent) break;
      if (fails()) state = afterFailure(state, limits, now, random());
      else {
        taken.push(state.unsent.notification);
        state = afterSuccess(state);
      }
    }
    now = end;
  };
  for (let event = 0; event < events; event++) {
    tellUntil(now + within(random() < 0.1 ? 60 * minute : 20 * second), () => random() < failureRate);
    if (random() < 0.7) {
      happened += 1;
      const route = routes[within(routes.length)] ?? '';
      const callbackId = `${event}`;
      const isForged = random() < 0.2;
      state = withOccurrence(
        state,
        isForged ? { kind: 'quarantined', callbackId } : { kind: 'dead-letter', route, callbackId },
        now,
      );
    } else {
      const circuits = routes
        .filter(() => random() < 0.5)
        .map((route): Condition => ({ kind: 'open-circuit', route }));
      const overdue = within(100);
      const shared: Condition[] = overdue > 30 ? [{ kind: 'overdue', count: overdue }] : [];
      lasts = [...circuits, ...shared];
      state = withReading(state, { circuits, shared }, now);
    }
    largest = Math.max(largest, JSON.stringify(state).length);
  }
  tellUntil(now + 60 * minute, () => false);
  return { happened, taken, madeAt, largest, lasts };
}

/** The names of the conditions that last, as a target knows them. Fails if an entry contradicts an earlier entry. */
function knownTo(taken: readonly Notification[]): Set<string> {
  const known = new Set<string>();
  for (const entry of taken.flatMap(({ entries }) => entries)) {
    if (!('phase' in entry)) continue;
    const name = `${entry.kind} ${entry.route ?? ''}`;
    expect(known.has(name)).toBe(entry.phase !== 'began');
    if (entry.phase === 'ended') known.delete(name);
    else known.add(name);
  }
  return known;
}

test(`each occurrence is reported once, and the target knows the lasting conditions in the end (seed ${testSeed})`, () => {
  const random = seededRandom(testSeed);
  for (let life = 0; life < lives; life++) {
    const { happened, taken, madeAt, largest, lasts } = playLife(random);
    const counts = taken
      .flatMap(({ entries }) => entries)
      .map((entry) => ('callbackIds' in entry ? entry.count : 0));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(happened);
    expect(knownTo(taken)).toEqual(new Set(lasts.map(({ kind, route = '' }) => `${kind} ${route}`)));
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
    const distances = madeAt.slice(1).map((at, index) => at - (madeAt[index] ?? 0));
    expect(Math.min(limits.intervalMs, ...distances)).toBe(limits.intervalMs);
    expect(largest).toBeLessThan(4000);
  }
});
