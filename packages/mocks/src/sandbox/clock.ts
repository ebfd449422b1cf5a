import { type Duration, lastMillisecond, millisecondsIn } from '../core/model/duration.ts';

/** The time in a sandbox, which never goes backwards. */
export interface Clock {
  /** Returns the present, in whole milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
  /**
   * Advances the clock by milliseconds or by a duration such as `'2d'`. Callbacks and decisions that become due are
   * posted and taken at their time and in their order, with their retries. The promise resolves when they are done.
   * If nothing is due, the clock advances synchronously. An advance that is called during another advance begins
   * after that advance.
   *
   * @throws RangeError unless the duration is a whole number of milliseconds, 0 or more. Also if the clock would pass
   *   2106-02-07, the last date in the platform's ids.
   */
  readonly advance: (by: Duration) => Promise<void>;
  /**
   * Advances the clock from one due task to the next until no task is left.
   *
   * @param options - `max` limits the number of tasks: 1000 by default.
   * @throws Error if more tasks are due, because they might never end.
   */
  readonly runUntilIdle: (options?: { readonly max?: number }) => Promise<void>;
}

export type AdvancingClock = ReturnType<typeof createAdvancingClock>;

/**
 * Creates a clock that runs in step with another clock, or ahead of it. If the other clock goes back, this clock goes
 * on.
 */
export function createAdvancingClock(source: () => number, startAhead: number) {
  let ahead = startAhead;
  let latest = Number.NEGATIVE_INFINITY;
  const now = (): number => {
    const time = Math.trunc(source()) + ahead;
    if (time < latest) ahead += latest - time;
    latest = Math.max(latest, time);
    return latest;
  };
  return {
    now,
    /** Returns the lead over the other clock, in milliseconds. */
    ahead: () => ahead,
    /** Advances the clock to a time, unless the time is in the past. */
    advanceTo: (time: number): void => {
      ahead += Math.max(0, time - now());
    },
  };
}

/** Returns the time to which an advance leads. */
export function endOfAdvance(now: number, by: Duration): number {
  const time = now + millisecondsIn(by);
  if (time > lastMillisecond)
    throw new RangeError("The clock cannot pass 2106-02-07, the last date in the platform's ids.");
  return time;
}
