import type { Sandbox } from './sandbox.ts';

/** Posts callbacks as they come, tries failed ones again when they are due, and lets decisions be made in time. */
export interface Deliverer {
  /** Looks whether there is something to do. */
  readonly wake: () => void;
  /** Does nothing more, and gives up what is under way. */
  readonly stop: () => Promise<void>;
}

/** The longest time that a timer takes. */
const maxTimerMs = 2 ** 31 - 1;

/** Keeps doing what a sandbox does by itself. */
export function keepDelivering({ callbacks, clock }: Pick<Sandbox, 'callbacks' | 'clock'>): Deliverer {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let underWay = Promise.resolve();

  async function deliver(): Promise<void> {
    await callbacks.drain({ signal: stopping.signal });
    const dueAt = callbacks.nextDueAt();
    clearTimeout(timer);
    if (dueAt !== undefined && !stopping.signal.aborted)
      timer = setTimeout(wake, Math.min(maxTimerMs, Math.max(0, dueAt - clock.now())));
  }

  function wake(): void {
    underWay = deliver();
  }

  return {
    wake,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await underWay;
    },
  };
}
