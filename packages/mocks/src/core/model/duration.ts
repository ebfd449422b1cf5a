/** A span of time: milliseconds, or a number with a unit, such as `'90s'`, `'10m'`, `'5h'` or `'2d'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const units: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Converts a duration to whole milliseconds.
 *
 * @throws RangeError unless the duration is a whole number of milliseconds, 0 or more.
 */
export function millisecondsIn(duration: Duration): number {
  const milliseconds = typeof duration === 'number' ? duration : parseDuration(duration);
  if (Number.isInteger(milliseconds) && milliseconds >= 0) return milliseconds;
  throw new RangeError(`Invalid duration: ${JSON.stringify(duration)}. ${durationAdvice(duration)}`);
}

/** Whether a value, which can come from an untyped test, is a duration. */
export function isDuration(given: unknown): given is Duration {
  try {
    millisecondsIn(given as Duration); // Throws for every value that is not a duration.
    return true;
  } catch {
    return false;
  }
}

/** Says what a duration must be. A text of digits lacks only its unit. */
export function durationAdvice(given: unknown): string {
  const text = typeof given === 'string' ? given : '';
  if (typeof given === 'number' || /\d(ms|s|m|h|d)$/.test(text)) return 'Use whole milliseconds, 0 or more.';
  const example = /^\d+$/.test(text) ? `${text}s` : '90s';
  return `Write a number with its unit: ms, s, m, h or d. An example is ${example}.`;
}

/** The longest time that a timer can wait: about 24 days. A longer timer would fire at once. */
export const maxTimerMs = 2 ** 31 - 1;

/** The platform's ids begin with the second of creation, in eight hexadecimal digits: no later time fits. */
export const lastMillisecond = 0xffff_ffff * 1000;

/** Returns the time after a duration, but never a time past 2106-02-07. */
export function timeAfter(time: number, duration: Duration): number {
  return Math.min(time + millisecondsIn(duration), lastMillisecond);
}

function parseDuration(duration: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration) ?? [];
  const milliseconds = amount === '' ? Number.NaN : Number(amount) * (units[unit] ?? Number.NaN);
  const whole = Math.round(milliseconds);
  // 1.001 seconds are 1000.9999999999999 milliseconds in binary fractions.
  return Math.abs(milliseconds - whole) < 1e-3 ? whole : milliseconds;
}
