/** The share of time that counting may take. */
const maxShare = 0.01;
const minIntervalMs = 5000;

/**
 * Counts something that takes long to count, so seldom that counting takes at most a hundredth of the time. Between the
 * counts it returns the last one.
 *
 * @param now - Milliseconds by a clock that never jumps.
 */
export function createCachedCount(
  count: () => Promise<number | undefined>,
  now: () => number = () => performance.now(),
): () => Promise<number | undefined> {
  let nextAt = Number.NEGATIVE_INFINITY;
  let last: number | undefined;
  return async () => {
    const startedAt = now();
    if (startedAt < nextAt) return last;
    nextAt = Number.POSITIVE_INFINITY;
    try {
      last = await count();
    } finally {
      nextAt = now() + Math.max(minIntervalMs, (now() - startedAt) / maxShare);
    }
    return last;
  };
}
