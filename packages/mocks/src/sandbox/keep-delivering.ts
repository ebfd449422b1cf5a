import type { Sandbox } from './sandbox.ts';

const maxTimerMs = 2 ** 31 - 1;

export type Deliverer = ReturnType<typeof keepDelivering>;

/** Posts callbacks, retries them and takes scheduled decisions, each when it is due. */
export function keepDelivering({ callbacks, clock }: Pick<Sandbox, 'callbacks' | 'clock'>) {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAwake = false;
  let inProgress = Promise.resolve();

  /** Begins what is due, and sets a timer for the next task. It does not wait for a receiver that hangs. */
  function deliver(): void {
    isAwake = false;
    if (stopping.signal.aborted) return;
    inProgress = callbacks.drain({ signal: stopping.signal }).catch((bug) => {
      console.error('The sandbox has a bug. Please report it.', bug);
    });
    clearTimeout(timer);
    const dueAt = callbacks.nextDueAt();
    if (dueAt !== undefined) timer = setTimeout(wake, Math.min(maxTimerMs, Math.max(0, dueAt - clock.now())));
  }

  /** Delivers after the present command. Many calls in one turn deliver once. */
  function wake(): void {
    if (isAwake) return;
    isAwake = true;
    queueMicrotask(deliver);
  }

  return {
    wake,
    /** Stops, and aborts the attempts in progress. */
    stop: async (): Promise<void> => {
      stopping.abort();
      clearTimeout(timer);
      await inProgress;
    },
  };
}
