import { realTimers } from './real-timers.ts';

/**
 * Calls a function twice: after a time of the present timers, which may be the fake timers of a test, and after the same
 * real time. When a test restores the real timers, the fake timers drop their waiting calls. Returns a function that cancels
 * both calls.
 */
export function setSurvivingTimer(call: () => void, milliseconds: number): () => void {
  const present = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  const timers = present.set === realTimers.set ? [realTimers] : [present, realTimers];
  const cancels = timers.map(({ set, clear }) => {
    const timer = set(call, milliseconds);
    return () => clear(timer);
  });
  return () => {
    for (const cancel of cancels) cancel();
  };
}
