/** Runs passes, one at a time. */
interface PassScheduler {
  /** Runs a pass as soon as the current one has ended. */
  wake(): void;
  /** Schedules no more passes, and resolves when the current one has ended. */
  stop(): Promise<void>;
}

/** Another process may add deliveries at any time, without a wake-up. */
const maxSleepMs = 5000;

/** @param run - Runs a pass. Resolves to the milliseconds until the next one, or to nothing to wait for a wake-up. */
export function createPassScheduler(run: () => Promise<number | undefined>): PassScheduler {
  let timer: NodeJS.Timeout | undefined;
  let pass: Promise<void> = Promise.resolve();
  let isScheduled = false;
  let isStopped = false;

  const runPass = async () => {
    isScheduled = false;
    clearTimeout(timer);
    const sleepMs = await run();
    if (sleepMs === undefined || isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(Math.max(sleepMs, 0), maxSleepMs));
  };

  /** However many wake-ups arrive during a pass, one more pass is enough. */
  const wake = () => {
    if (isScheduled) return;
    isScheduled = true;
    pass = pass.then(runPass);
  };

  return {
    wake,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await pass;
    },
  };
}
