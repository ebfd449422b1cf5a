/** Too many calls wait already. */
export class TooManyWaitError extends Error {
  override readonly name = 'TooManyWaitError';
}

/**
 * Creates a function that runs calls, only a few at the same time. The others wait for their turn.
 *
 * @param maxWaiting - A further call is refused with TooManyWaitError.
 */
export function createRunFew(maxAtOnce: number, maxWaiting: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  const turn = async () => {
    if (running < maxAtOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= maxWaiting) throw new TooManyWaitError('Too many calls wait.');
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return async <Result>(call: () => Promise<Result>): Promise<Result> => {
    await turn();
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      // The next call takes over the place of this one.
      if (next) next();
      else running -= 1;
    }
  };
}
