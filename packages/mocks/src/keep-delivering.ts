import type { Sandbox } from './sandbox.ts';

/** Delivers callbacks as they come and tries failed ones again when they are due. */
export interface Deliverer {
  /** Looks whether there is something to deliver. */
  readonly wake: () => void;
  /** Delivers nothing more, and gives up what is under way. */
  readonly stop: () => Promise<void>;
}

/** Keeps delivering the callbacks of a sandbox. */
export function keepDelivering({ callbacks, clock }: Sandbox): Deliverer {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();

  async function deliver(): Promise<void> {
    await callbacks.drain({ signal: stopping.signal });
    const dueAt = callbacks.nextDueAt();
    clearTimeout(timer);
    if (dueAt !== undefined && !stopping.signal.aborted)
      timer = setTimeout(wake, Math.max(0, dueAt - clock.now()));
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
