/** The share of time that reading may take. */
const maxShare = 0.1;

/**
 * Reads a value whose reading takes long, so seldom that the readings take at most a tenth of the time. Between two
 * readings, returns the last value.
 *
 * @param minIntervalMs - Milliseconds between two readings, however fast they are.
 * @param now - Milliseconds by a clock that never jumps.
 */
export function createCached<Value>(
  read: () => Promise<Value>,
  minIntervalMs: number,
  now: () => number = () => performance.now(),
): () => Promise<Value> {
  let nextAt = Number.NEGATIVE_INFINITY;
  let last: Promise<Value> | undefined;
  const readNow = async () => {
    const startedAt = now();
    try {
      return await read();
    } finally {
      nextAt = now() + Math.max(minIntervalMs, (now() - startedAt) / maxShare);
    }
  };
  return () => {
    if (last && now() < nextAt) return last;
    nextAt = Number.POSITIVE_INFINITY;
    last = readNow();
    // A failed reading is tried again at once.
    last.catch(() => {
      last = undefined;
    });
    return last;
  };
}
