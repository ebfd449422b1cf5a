/** Reads the id that a server or a proxy gave to the request. None is documented, so the two usual headers are read. */
export function readRequestId(headers: Headers): string | undefined {
  const id = headers.get('X-Request-Id') ?? headers.get('X-Correlation-Id');
  return id !== null && /^[\w.:-]{1,100}$/.test(id) ? id : undefined;
}

/**
 * Reads a `Retry-After` header, which contains seconds or an HTTP date.
 *
 * @returns The delay in milliseconds, 0 for a past date, `undefined` for any other value.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const header = headers.get('Retry-After');
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  // `Date.parse` accepts "-1" and similar values as a year; HTTP dates begin with the name of a day.
  const date = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
