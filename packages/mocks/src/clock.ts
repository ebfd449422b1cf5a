/** The time of a sandbox, which never goes back. */
export interface Clock {
  /** The present, in whole milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
  /**
   * Puts the clock forward, by milliseconds. Tokens, files and callbacks age at once.
   *
   * @throws RangeError unless it is a whole number that is not negative; and if the clock would pass 2106-02-07.
   */
  readonly advance: (milliseconds: number) => void;
}

/** The ids of the platform begin with the second, in eight hexadecimal digits. */
const lastMillisecond = 0xffff_ffff * 1000;

/** A clock that runs with another one, or ahead of it. */
export function createClock(source: () => number, onAdvance: () => void): Clock {
  let ahead = 0;
  const now = (): number => Math.trunc(source()) + ahead;
  return {
    now,
    advance: (milliseconds) => {
      if (!Number.isInteger(milliseconds) || milliseconds < 0)
        throw new RangeError('The clock is put forward by a whole number of milliseconds, and never back.');
      if (now() + milliseconds > lastMillisecond)
        throw new RangeError('The clock cannot pass 2106-02-07, where the ids of the platform end.');
      ahead += milliseconds;
      onAdvance();
    },
  };
}
