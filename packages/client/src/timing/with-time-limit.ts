import { TimeoutError } from '../errors/network-errors.ts';
import type { CallInfo } from '../errors/partner-error.ts';

/**
 * Settles like the task, or rejects with a {@link TimeoutError} of the call if the task takes longer, or with the signal's
 * reason if the signal is aborted first. An aborted signal keeps the task from starting. A task that has started
 * continues unobserved.
 *
 * @param call - Without a call, the end of the time rejects with any error.
 * @param task - Receives a signal that is aborted when the time is over, or by the caller's signal.
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  call: CallInfo | undefined,
  task: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const stop = (reason: unknown) => {
    reject(reason);
    end.abort(reason);
  };
  const abort = () => stop(signal?.reason);
  const timer = setTimeout(() => stop(call && new TimeoutError(call, milliseconds)), milliseconds);
  signal?.addEventListener('abort', abort);
  task(end.signal).then(resolve, reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Resolves after `milliseconds`, or rejects with the signal's reason as soon as the signal is aborted. */
export function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const forever = () => new Promise<void>(() => {});
  return withTimeLimit(milliseconds, undefined, forever, signal).catch(() => signal?.throwIfAborted());
}
