/**
 * Lets a function run only a few times at once. Further calls wait for their turn.
 *
 * @param max - How often it runs at once.
 */
export function fewAtOnce<Values extends unknown[], Result>(
  max: number,
  run: (...values: Values) => Promise<Result>,
): (...values: Values) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (...values) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await run(...values);
    } finally {
      // The next call takes over the place.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
