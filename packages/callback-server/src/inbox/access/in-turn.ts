/** Too many calls wait already. */
export class TooManyWaitError extends Error {
  override readonly name = 'TooManyWaitError';
}

/**
 * Creates a function that runs one call at a time. The others wait for their turn.
 *
 * @param maxWaiting - Maximum number of waiting calls. A further call is refused with TooManyWaitError.
 */
export function createInTurn(maxWaiting: number) {
  let last: Promise<unknown> = Promise.resolve();
  let open = 0;
  return async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (open > maxWaiting) throw new TooManyWaitError('Too many calls wait.');
    open += 1;
    const result = last.then(call);
    // A call that fails does not keep the next one from its turn.
    last = result.catch(() => {});
    try {
      return await result;
    } finally {
      open -= 1;
    }
  };
}
