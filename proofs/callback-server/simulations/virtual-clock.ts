import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

interface Timer {
  readonly at: number;
  readonly run: () => void;
  readonly unref: () => Timer;
}

/**
 * Runs a function with a clock that does not wait: whenever nothing else can happen, the clock jumps to the next timer.
 * Replaces timers and `performance.now` until the function has ended. Only one function may run at a time.
 *
 * @throws Error if the function waits for something that no timer brings.
 */
export async function withVirtualClock<Result>(run: () => Promise<Result>): Promise<Result> {
  const waiting = new Set<Timer>();
  let now = 0;
  const restore = replaceTimers(
    () => now,
    (run, milliseconds = 0) => {
      const timer: Timer = { at: now + Math.max(0, milliseconds), run, unref: () => timer };
      waiting.add(timer);
      return timer;
    },
    (timer) => waiting.delete(timer),
  );
  let hasEnded = false;
  try {
    const result = run().finally(() => {
      hasEnded = true;
    });
    result.catch(() => {});
    for (;;) {
      // Everything that waits for no timer happens within this turn.
      await new Promise((resolve) => setImmediate(resolve));
      if (hasEnded) return await result;
      const next = earliest(waiting);
      if (!next) throw new Error('The simulation waits for something that never happens.');
      waiting.delete(next);
      now = next.at;
      next.run();
    }
  } finally {
    restore();
  }
}

/** The first of the earliest timers. A simulation has few timers at a time. */
function earliest(timers: Iterable<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (!first || timer.at < first.at) first = timer;
  return first;
}

function replaceTimers(
  now: () => number,
  start: (run: () => void, milliseconds?: number) => Timer,
  clear: (timer: Timer) => void,
): () => void {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    now: performance.now,
    sleep: timers.setTimeout,
    nextTurn: timers.setImmediate,
  };
  // The replaced functions have more forms than the dispatcher uses.
  Object.assign(globalThis, { setTimeout: start, clearTimeout: clear });
  Object.assign(performance, { now });
  Object.assign(timers, {
    setTimeout: (milliseconds: number) => new Promise<void>((resolve) => start(resolve, milliseconds)),
    setImmediate: () => new Promise<void>((resolve) => start(resolve)),
  });
  syncBuiltinESMExports();
  return () => {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Object.assign(performance, { now: real.now });
    Object.assign(timers, { setTimeout: real.sleep, setImmediate: real.nextTurn });
    syncBuiltinESMExports();
  };
}
