import { withTimeout } from '../time/with-timeout.ts';

const trustedForMs = 1000;
const timeoutMs = 5000;

/**
 * Whether a write was committed within the last second. Anyone may ask, so however many do, one write a second answers
 * them all, and none is begun while another has not ended.
 *
 * @throws where the write fails, or takes longer than 5 s.
 */
export function createReadiness(write: () => Promise<void>): () => Promise<void> {
  let last: { promise: Promise<void>; startedAt: number; hasEnded: boolean } | undefined;
  return () => {
    if (!last || (last.hasEnded && performance.now() - last.startedAt > trustedForMs)) {
      const begun = { promise: write(), startedAt: performance.now(), hasEnded: false };
      const end = () => {
        begun.hasEnded = true;
      };
      begun.promise.then(end, end);
      last = begun;
    }
    return withTimeout(last.promise, timeoutMs);
  };
}
