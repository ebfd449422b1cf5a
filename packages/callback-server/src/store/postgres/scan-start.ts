/** The share of time that whole scans may take. */
const maxShare = 0.05;
const minIntervalMs = 1000;

/**
 * Remembers how far an index was scanned, so that the next scan starts there. While a long transaction is open,
 * PostgreSQL keeps the index entries of lines that were claimed or settled since, and a whole scan reads all of them.
 * Whole scans still happen, as often as their duration allows: they find lines that became visible late.
 *
 * @param nextStart - Where the next scan starts, by the result of a scan; `undefined` if nothing was learned.
 * @param now - Milliseconds by a clock that never jumps.
 */
export function createScanStart<Result, Start>(
  nextStart: (result: Result) => Start | undefined,
  now: () => number = () => performance.now(),
) {
  let start: Start | undefined;
  let nextWholeAt = Number.NEGATIVE_INFINITY;
  return {
    /** `undefined` for a whole scan. */
    start: () => start,
    run: async (scan: (start: Start | undefined) => Promise<Result>): Promise<Result> => {
      const startedAt = now();
      const isWhole = startedAt >= nextWholeAt;
      // A scan that starts meanwhile is not whole.
      if (isWhole) nextWholeAt = Number.POSITIVE_INFINITY;
      try {
        const result = await scan(isWhole ? undefined : start);
        start = nextStart(result) ?? start;
        return result;
      } finally {
        if (isWhole) nextWholeAt = now() + Math.max(minIntervalMs, (now() - startedAt) / maxShare);
      }
    },
  };
}
