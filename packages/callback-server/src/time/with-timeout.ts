/** Something of ours has not answered in time. It may still do what it was asked to. */
export class PatienceError extends Error {
  override readonly name = 'PatienceError';

  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms.`);
  }
}

/** Waits no longer than a time. @throws PatienceError when it is over. */
export async function withPatience<Result>(promise: Promise<Result>, milliseconds: number): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new PatienceError(milliseconds)), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
