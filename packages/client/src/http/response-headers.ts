/**
 * Reads the id that a server or a proxy gave to the request. No header is documented for this id, so the two usual
 * headers are read. An id that repeats a secret is not read.
 */
export function readRequestId(headers: Headers, secrets: readonly unknown[]): string | undefined {
  const id = headers.get('X-Request-Id') ?? headers.get('X-Correlation-Id') ?? '';
  return /^[\w.:-]{1,100}$/.test(id) &&
    !secrets.some((secret) => typeof secret === 'string' && secret && id.includes(secret))
    ? id
    : undefined;
}

/**
 * Reads `Retry-After`: seconds, which may have a fraction, or a date in one of the three forms of HTTP. Of several
 * values the longest counts.
 *
 * @returns The delay in milliseconds, 0 for a past date, `undefined` without a readable value.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  // Several headers arrive as one. A comma after the name of a day separates no values.
  let longestMs: number | undefined;
  for (const value of headers.get('Retry-After')?.split(/(?<![a-z]), */) ?? []) {
    const delayMs = readDelay(value.trim());
    if (delayMs >= (longestMs ?? 0)) longestMs = delayMs;
  }
  return longestMs;
}

function readDelay(value: string): number {
  // `Date.parse` accepts almost anything, and reads a date without a time zone as local time.
  if (/^[A-Z].* \d\d:\d\d:\d\d( \d{4}| GMT)$/.test(value))
    return Math.max(0, Date.parse(value.replace(/ GMT|$/, ' GMT')) - Date.now());
  return /^[\d.]+$/.test(value) ? Number(value) * 1000 : -1;
}
