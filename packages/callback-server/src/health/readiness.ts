import { withTimeout } from '../time/with-timeout.ts';

const maxAgeMs = 1000;
const timeoutMs = 5000;

/**
 * Checks that a write was committed within the last second. Probes share one write per second, however many there are.
 * A new write starts only after the last one has ended.
 *
 * @throws if the write fails, or takes longer than 5 s.
 */
export function createReadiness(write: () => Promise<void>): () => Promise<void> {
  let last: { promise: Promise<void>; startedAt: number; hasEnded: boolean } | undefined;
  return () => {
    if (!last || (last.hasEnded && performance.now() - last.startedAt > maxAgeMs)) {
      const started = { promise: write(), startedAt: performance.now(), hasEnded: false };
      const end = () => {
        started.hasEnded = true;
      };
      started.promise.then(end, end);
      last = started;
    }
    return withTimeout(last.promise, timeoutMs);
  };
}
