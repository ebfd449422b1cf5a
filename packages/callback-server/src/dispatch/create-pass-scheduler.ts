/** Another process may add deliveries at any time, without a wake-up. */
const maxSleepMs = 5000;

/**
 * Runs passes, one at a time.
 *
 * @param run - Runs a pass. Resolves to the milliseconds until the next pass, or to nothing if the next pass waits
 * for a wake-up.
 */
export function createPassScheduler(run: () => Promise<number | undefined>) {
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

  /** Runs a pass when the current one has ended. However many wake-ups arrive during a pass, one more is enough. */
  const wake = () => {
    if (isScheduled) return;
    isScheduled = true;
    pass = pass.then(runPass);
  };

  return {
    wake,
    /** Schedules no more passes, and resolves when the current one has ended. */
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await pass;
    },
  };
}
