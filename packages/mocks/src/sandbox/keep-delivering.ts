import type { Sandbox } from './sandbox.ts';

const maxTimerMs = 2 ** 31 - 1;

export type Deliverer = ReturnType<typeof keepDelivering>;

/** Posts callbacks, retries them and takes scheduled decisions, each when it is due. */
export function keepDelivering({ callbacks, clock }: Pick<Sandbox, 'callbacks' | 'clock'>) {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let inProgress = Promise.resolve();

  async function deliver(): Promise<void> {
    await callbacks.drain({ signal: stopping.signal });
    const dueAt = callbacks.nextDueAt();
    clearTimeout(timer);
    if (dueAt !== undefined && !stopping.signal.aborted)
      timer = setTimeout(wake, Math.min(maxTimerMs, Math.max(0, dueAt - clock.now())));
  }

  /** Runs what is due, and sets a timer for the next task. */
  function wake(): void {
    inProgress = deliver();
  }

  return {
    wake,
    /** Stops, and aborts the attempt in progress. */
    stop: async (): Promise<void> => {
      stopping.abort();
      clearTimeout(timer);
      await inProgress;
    },
  };
}
