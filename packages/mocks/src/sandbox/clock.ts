import { type Duration, millisecondsIn } from '../core/model/duration.ts';

/** The time of a sandbox, which never goes back. */
export interface Clock {
  /** The present, in whole milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
  /**
   * Puts the clock forward, by milliseconds or by a duration such as `'2d'`. Everything that becomes due on the way
   * happens at its time and in its order: callbacks are posted, and posted again, and decisions are made. Resolves
   * once all of that has happened; where nothing is due, the clock is forward at once.
   *
   * @throws RangeError unless it is a whole number of milliseconds that is not negative; and if the clock would pass
   *   2106-02-07.
   */
  readonly advance: (by: Duration) => Promise<void>;
  /**
   * Puts the clock forward to the next thing that is due, and to the next, until nothing is left to happen.
   *
   * @throws Error once so much has happened, because then it would go on for ever.
   */
  readonly runUntilIdle: (options?: { readonly max?: number }) => Promise<void>;
}

/** A clock that runs with another one, or ahead of it. */
export interface AdvancingClock {
  readonly now: () => number;
  /** How far ahead it is, in milliseconds. */
  readonly ahead: () => number;
  /** Puts it forward to a time, unless it is there already. */
  readonly advanceTo: (time: number) => void;
}

/** The ids of the platform begin with the second, in eight hexadecimal digits. */
const lastMillisecond = 0xffff_ffff * 1000;

/** A clock that runs so far ahead of another one. */
export function createAdvancingClock(source: () => number, startAhead: number): AdvancingClock {
  let ahead = startAhead;
  const now = (): number => Math.trunc(source()) + ahead;
  return {
    now,
    ahead: () => ahead,
    advanceTo: (time) => {
      ahead += Math.max(0, time - now());
    },
  };
}

/** When a clock would be put forward so far. */
export function timeAfter(now: number, by: Duration): number {
  const time = now + millisecondsIn(by);
  if (time > lastMillisecond)
    throw new RangeError('The clock cannot pass 2106-02-07, where the ids of the platform end.');
  return time;
}
