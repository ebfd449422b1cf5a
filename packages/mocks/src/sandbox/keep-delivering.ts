import type { Sandbox } from './sandbox.ts';

/** Posts callbacks, retries them and takes scheduled decisions, each when it is due. */
export interface Deliverer {
  /** Runs what is due, and sets a timer for the next task. */
  readonly wake: () => void;
  /** Stops, and aborts the attempt in progress. */
  readonly stop: () => Promise<void>;
}

/** The maximum delay of a timer. */
const maxTimerMs = 2 ** 31 - 1;

/** Keeps running the due tasks of a sandbox. */
export function keepDelivering({ callbacks, clock }: Pick<Sandbox, 'callbacks' | 'clock'>): Deliverer {
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

  function wake(): void {
    inProgress = deliver();
  }

  return {
    wake,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await inProgress;
    },
  };
}
