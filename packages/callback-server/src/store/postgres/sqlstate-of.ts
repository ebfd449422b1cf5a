/** The code of an error that PostgreSQL sent; `undefined` for every other error. Only PostgreSQL gives an error a severity. */
export function sqlstateOf(error: unknown): string | undefined {
  return error instanceof Error && 'severity' in error && 'code' in error ? String(error.code) : undefined;
}
