import { realTimers } from './real-timers.ts';

/**
 * Calls a function after a time of the present timers, which may be the fake timers of a test, and again after the same real
 * time. Fake timers drop what waits when the test restores the real timers. Returns how to cancel both calls.
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
