import type { AdvancingClock } from './clock.ts';
import type { CoverageCounter } from './coverage.ts';
import { deliverCallback } from './deliver-callback.ts';
import type { Journal } from './journal.ts';
import type { Machine } from './machine.ts';
import type { createPostedCallbacks } from './posted-callbacks.ts';
import type { Post } from './task-runner.ts';

interface PosterParts {
  readonly machine: Machine;
  readonly clock: AdvancingClock;
  readonly journal: Journal;
  readonly coverage: CoverageCounter;
  readonly posted: ReturnType<typeof createPostedCallbacks>;
}

/** Posts callbacks, and records their attempts. */
export function createPoster(
  { machine, clock, journal, coverage, posted }: PosterParts,
  allowedHosts: readonly string[],
) {
  let present = new AbortController();
  const post: Post = async (callback, signal) => {
    const startedAt = clock.now();
    const replaced = present.signal;
    const stop = signal ? AbortSignal.any([signal, replaced]) : replaced;
    const result = await deliverCallback(callback, allowedHosts, stop);
    // The new state may have another callback with the same id.
    if (replaced.aborted) return;
    const attempt = { at: clock.now(), startedAt, ...result };
    machine.run({ kind: 'record-attempt', callbackId: callback.id, attempt });
    journal.addAttempt(callback, attempt);
    coverage.posted(callback.event);
    posted.posted(callback.id);
  };
  return {
    post,
    /** Aborts the attempts of the present state, before another state replaces it. */
    abort: (): void => {
      present.abort();
      present = new AbortController();
    },
  };
}
