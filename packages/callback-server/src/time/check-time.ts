/**
 * What is wrong with the text of a time; `undefined` if it is acceptable. A day without a time of day begins in UTC. Without a
 * zone, a time of day would depend on the machine.
 */
export function checkTime(text: string): string | undefined {
  return isTime(text)
    ? undefined
    : 'must be a time in ISO 8601, such as 2026-01-31 or 2026-01-31T12:00:00Z, and a time of day has a time zone.';
}

function isTime(text: string): boolean {
  const [, day] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.exec(text) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(day)) || Number.isNaN(Date.parse(text))) return false;
  // The parser turns 30 February into 2 March.
  return new Date(day).toISOString().startsWith(day);
}
