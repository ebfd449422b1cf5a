import { maxTimerMs } from '../core/model/duration.ts';
import type { Sandbox } from './sandbox.ts';
import { setSurvivingTimer } from './set-surviving-timer.ts';

export type Deliverer = ReturnType<typeof keepDelivering>;

/** Posts callbacks, retries them and makes scheduled decisions, each when it is due. */
export function keepDelivering({ callbacks, clock }: Pick<Sandbox, 'callbacks' | 'clock'>) {
  const stopping = new AbortController();
  let cancelTimer = () => {};
  let isAwake = false;
  let inProgress = Promise.resolve();

  /** Begins what is due, and sets a timer for the next task. It does not wait for a receiver that hangs. */
  function deliver(): void {
    isAwake = false;
    if (stopping.signal.aborted) return;
    inProgress = callbacks.drain({ signal: stopping.signal }).catch((bug) => {
      console.error('The sandbox has a bug. Please report it.', bug);
    });
    cancelTimer();
    const dueAt = callbacks.nextDueAt();
    if (dueAt !== undefined)
      cancelTimer = setSurvivingTimer(wake, Math.min(maxTimerMs, Math.max(0, dueAt - clock.now())));
  }

  /** Delivers after the present command. Many calls in one turn of the event loop deliver once. */
  function wake(): void {
    if (isAwake) return;
    isAwake = true;
    void Promise.resolve().then(deliver); // Fake timers can replace `queueMicrotask`.
  }

  return {
    wake,
    /** Stops, and aborts the attempts in progress. */
    stop: async (): Promise<void> => {
      stopping.abort();
      cancelTimer();
      await inProgress;
    },
  };
}
