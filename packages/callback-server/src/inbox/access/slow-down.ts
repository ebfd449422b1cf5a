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
/** Failures older than this are forgotten. */
const forgetAfterMs = 3_600_000;
/** Maximum number of keys. The key whose last failure is the oldest is forgotten first. */
const maxKeys = 10_000;

/**
 * Makes failures in a row cost time. The first wait is five seconds, and each further failure doubles it, up to a minute.
 * The maximum is short, because anybody could lock out others.
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
