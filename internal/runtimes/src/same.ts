/** @throws Error if they are not the same, compared as JSON. */
export function same(actual: unknown, expected: unknown): void {
  const [shown, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (shown !== wanted) throw new Error(`${shown} is not ${wanted}`);
}
