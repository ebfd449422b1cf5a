const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];
const relative = new Intl.RelativeTimeFormat('en', { style: 'short' });

/** Formats the distance of a time from now, such as `2 min ago` or `in 5 sec`. */
export function timeFromNow(time: number, now: number): string {
  const distance = time - now;
  const [unit, length] = units.find(([, each]) => Math.abs(distance) >= each) ?? ['second', 1000];
  const number = Math.trunc(distance / length);
  return number === 0 ? 'now' : relative.format(number, unit).replace('.', '');
}

/** Formats a time with its zone, such as `2026-01-31 12:00:00 UTC`. */
export function zonedTime(time: number): string {
  const [date, clock = ''] = new Date(time).toISOString().split('T');
  return `${date} ${clock.slice(0, 8)} UTC`;
}

/** Formats a duration, such as `3 ms` or `1.5 s`. */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}
