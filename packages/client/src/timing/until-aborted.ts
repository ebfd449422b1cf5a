/**
 * Settles like the task, or rejects with the signal's reason if the signal is aborted first. An aborted signal keeps the
 * task from starting. A task that has started continues in the background.
 */
export function untilAborted<T>(signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
  if (!signal) return task();
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    task()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Resolves after `milliseconds`, or rejects with the signal's reason as soon as the signal is aborted. */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = () =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
  return untilAborted(signal, timeout).finally(() => clearTimeout(timer));
}
