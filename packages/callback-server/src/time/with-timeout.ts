/** An operation has not finished in time. The operation may still finish later. */
class TimeoutError extends Error {
  override readonly name = 'TimeoutError';

  constructor(milliseconds: number) {
    super(`The operation did not finish within ${milliseconds} ms.`);
  }
}

/** Waits for a promise for a limited time. @throws TimeoutError when the time is over. */
export async function withTimeout<Result>(promise: Promise<Result>, milliseconds: number): Promise<Result> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TimeoutError(milliseconds)), milliseconds);
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for a promise for a limited time, and then goes on without it. */
export async function waitUpTo(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  await withTimeout(promise, milliseconds).catch((error: unknown) => {
    if (!(error instanceof TimeoutError)) throw error;
  });
}
