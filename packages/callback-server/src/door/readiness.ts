const trustedForMs = 1000;

/**
 * Whether a write was committed within the last second. Anyone may ask, so however many do, one write a second answers
 * them all.
 */
export function createReadiness(write: () => Promise<void>): () => Promise<void> {
  let last: { promise: Promise<void>; at: number } | undefined;
  return () => {
    if (!last || performance.now() - last.at > trustedForMs)
      last = { promise: write(), at: performance.now() };
    return last.promise;
  };
}
