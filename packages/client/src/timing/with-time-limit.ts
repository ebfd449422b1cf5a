import { untilAborted } from './until-aborted.ts';

/** A limit of time for a task that cannot be interrupted. */
export interface TimeLimit {
  /** Aborted when the time is over, or by the caller's signal. */
  readonly signal: AbortSignal;
  /** Lets the task take as long as it needs from now on. */
  end(): void;
}

/**
 * Settles like the task, or rejects with the error if the task takes longer. The task then continues unobserved.
 *
 * @param signal - Also ends the task, unless it is already aborted.
 */
export function withTimeLimit<T>(
  milliseconds: number,
  createError: () => Error,
  task: (limit: TimeLimit) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(createError()), milliseconds);
  const end = () => clearTimeout(timer);
  const abort = () => controller.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  return untilAborted(controller.signal, () => task({ signal: controller.signal, end })).finally(() => {
    end();
    signal?.removeEventListener('abort', abort);
  });
}
