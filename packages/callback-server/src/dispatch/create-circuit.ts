const failuresToOpen = 10;
const firstPauseMs = 1000;
const maxPauseMs = 15_000;

/** Whether attempts at a route may start. */
export type CircuitState =
  /** As many as the route's concurrency allows. */
  | 'closed'
  /** None until the pause ends. */
  | 'open'
  /** One attempt may start, as a probe. */
  | 'half-open';

/** What a circuit allows, by one reading of its clock. */
export interface CircuitAllowance {
  /** Number of attempts that may start now. */
  readonly attempts: number;
  /** Milliseconds until an attempt may start. Above zero if none may start now. */
  readonly waitMs: number;
}

/**
 * Stops the attempts at a route whose attempts all fail. Opens after 10 failures without a success between them. While
 * it is open, one attempt may start after each pause: the pause grows from 1 s to 15 s. A success closes it.
 *
 * @param now - Milliseconds by a clock that never jumps.
 * @param opens - Whether the circuit opens at all.
 */
export function createCircuit(now: () => number = () => performance.now(), opens = true) {
  let failures = 0;
  let pauseMs = 0;
  let pauseEndsAt = 0;
  const waitMs = () => (pauseMs === 0 ? 0 : Math.max(0, pauseEndsAt - now()));
  const pause = (milliseconds: number) => {
    pauseMs = milliseconds;
    pauseEndsAt = now() + milliseconds;
  };
  return {
    state: (): CircuitState => {
      if (pauseMs === 0) return 'closed';
      return waitMs() > 0 ? 'open' : 'half-open';
    },
    /** The clock is read once: a pause that ended between two readings would leave nothing to wait for. */
    allowance: (): CircuitAllowance => {
      if (pauseMs === 0) return { attempts: Number.POSITIVE_INFINITY, waitMs: 0 };
      const remainingMs = waitMs();
      return { attempts: remainingMs > 0 ? 0 : 1, waitMs: remainingMs };
    },
    /**
     * Call this when an attempt starts. While the circuit is open, the attempt is a probe. Returns a function to call if the
     * attempt was not made: then another probe may start at once.
     */
    started: () => {
      if (pauseMs === 0) return () => {};
      const [earlierMs, probeAt] = [pauseMs, now()];
      pause(Math.min(2 * pauseMs, maxPauseMs));
      return () => {
        if (pauseMs > 0) [pauseMs, pauseEndsAt] = [earlierMs, probeAt];
      };
    },
    /** Returns whether the success closed the circuit. */
    succeeded: () => {
      const wasOpen = pauseMs > 0;
      failures = 0;
      pauseMs = 0;
      return wasOpen;
    },
    failed: () => {
      failures += 1;
      if (opens && failures >= failuresToOpen && pauseMs === 0) pause(firstPauseMs);
    },
  };
}
