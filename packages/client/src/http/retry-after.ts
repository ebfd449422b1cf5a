/**
 * How long a `Retry-After` header asks to wait, in milliseconds: it gives seconds, or an HTTP date. What is neither, or
 * negative, asks for nothing; a date that has passed asks for no wait.
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  // `Date.parse` takes "-1" and the like for a year; HTTP dates begin with the name of a day.
  const date = /^[A-Z][a-z]{2}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
