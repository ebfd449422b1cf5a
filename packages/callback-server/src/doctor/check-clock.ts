import { type Finding, failure, ok } from './finding.ts';

/** The time of another clock, and of this machine's clock at that moment. */
export interface ClockReading {
  /** The setting that names the other machine. */
  readonly at: 'PUBLIC_URL' | 'DATABASE_URL';
  readonly other: Date;
  readonly own: Date;
}

const maxSkewSeconds = 60;

/** Checks that this machine's clock agrees with others, and is not behind the newest stored callback. */
export function checkClock(
  own: Date,
  newestReceivedAt: Date | undefined,
  readings: readonly ClockReading[],
): Finding {
  const behind = newestReceivedAt && secondsBetween(own, newestReceivedAt);
  if (behind !== undefined && behind > maxSkewSeconds)
    return failure(
      `the clock is ${behind} s behind the newest stored callback. Run a time service on this machine.`,
    );
  for (const { at, other, own: then } of readings) {
    const skew = Math.abs(secondsBetween(then, other));
    if (skew > maxSkewSeconds)
      return failure(
        `the clock differs by ${skew} s from the one at ${at}. Run a time service on both machines.`,
      );
  }
  const compared = readings.map(({ at }) => `, and agrees with the one at ${at}`).join('');
  return ok(`says ${own.toISOString()}${compared}`);
}

function secondsBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1000);
}
