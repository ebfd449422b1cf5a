import { AbortedError, TimeoutError } from '../errors/network-errors.ts';
import type { CallInfo } from '../errors/partner-error.ts';

/** What ends an attempt early. */
export interface AttemptLimits {
  /** Time limit in milliseconds. For a request, up to the last byte of the response. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Settles like the task. An aborted signal keeps the task from starting. A task that has started continues unobserved
 * after the time limit, or after the abort.
 *
 * @param call - The call that the errors name.
 * @param task - Receives a signal that is aborted when the time is over, or by the caller's signal.
 * @throws TimeoutError if the task takes longer.
 * @throws AbortedError if the task fails and the caller's signal is aborted.
 */
export async function withTimeLimit<T>(
  { timeoutMs, signal }: AttemptLimits,
  call: CallInfo,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  let stop!: () => void;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      stop = () => {
        reject(new TimeoutError(call, timeoutMs));
        end.abort(signal?.reason);
      };
      // Before the timer, because a value that is not an `AbortSignal` fails here, and must leave no timer.
      signal?.addEventListener('abort', stop);
      timer = setTimeout(stop, timeoutMs);
      signal?.throwIfAborted();
      task(end.signal).then(resolve, reject);
    });
  } catch (error) {
    throw signal?.aborted ? new AbortedError(call) : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** @throws AbortedError as soon as the signal is aborted. */
export async function sleep(timeoutMs: number, limits: AttemptLimits, call: CallInfo): Promise<void> {
  await withTimeLimit({ ...limits, timeoutMs }, call, () => new Promise(() => {})).catch((error) => {
    if (error instanceof AbortedError) throw error;
  });
}
