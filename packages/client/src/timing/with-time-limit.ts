import { untilAborted } from './until-aborted.ts';

/**
 * Settles like the task, or rejects with the error if the task takes longer. The task then continues unobserved.
 *
 * @param task - Receives a signal that is aborted when the time is over, or by the caller's signal.
 * @param signal - Also ends the task, unless it is already aborted.
 */
export function withTimeLimit<T>(
  milliseconds: number,
  createError: () => Error,
  task: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(createError()), milliseconds);
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  return untilAborted(controller.signal, () => task(controller.signal)).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  });
}
