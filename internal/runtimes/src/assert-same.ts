/** @throws Error if the values differ when compared as JSON. */
export function assertSame(actual: unknown, expected: unknown): void {
  const [actualJson, expectedJson] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (actualJson !== expectedJson) throw new Error(`${actualJson} is not ${expectedJson}`);
}
