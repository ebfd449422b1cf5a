interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

interface SlowDownOptions {
  /** Failures in a row that cost no time. */
  readonly free: number;
  /** Milliseconds by a clock that never jumps. */
  readonly now?: () => number;
}

const firstWaitMs = 5000;
const maxWaitMs = 60_000;
/** Failures before this time are forgotten. */
const forgetAfterMs = 3_600_000;
/** What has failed longest ago is forgotten first. */
const maxKeys = 10_000;

/**
 * Makes failures in a row cost time: five seconds after some, then twice as long after each, up to a minute. Nobody is locked
 * out for longer, because anybody could lock out others.
 */
export function createSlowDown({ free, now = () => performance.now() }: SlowDownOptions) {
  const failures = new Map<string, Failures>();
  const found = (key: string) => {
    const entry = failures.get(key);
    return entry && now() - entry.lastAt < forgetAfterMs ? entry : { count: 0, lastAt: 0 };
  };
  return {
    /** Milliseconds until the next attempt of a key is let through. */
    waitMs: (key: string): number => {
      const { count, lastAt } = found(key);
      const waitMs = count < free ? 0 : Math.min(firstWaitMs * 2 ** (count - free), maxWaitMs);
      return Math.max(0, lastAt + waitMs - now());
    },
    /** Counts an attempt as failed when it begins, so that attempts at the same time count too. */
    count: (key: string): void => {
      const count = found(key).count + 1;
      failures.delete(key);
      failures.set(key, { count, lastAt: now() });
      if (failures.size > maxKeys) failures.delete(failures.keys().next().value ?? '');
    },
    /** Takes one failure back, because the attempt has not failed. */
    takeBack: (key: string): void => {
      const { count, lastAt } = found(key);
      if (count > 1) failures.set(key, { count: count - 1, lastAt });
      else failures.delete(key);
    },
    /** Forgets the failures of a key. */
    forget: (key: string): void => void failures.delete(key),
  };
}
