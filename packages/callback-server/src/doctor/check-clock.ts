import type { Finding } from './finding.ts';

/** What another clock said, and what this machine's own did at that moment. */
export interface ClockReading {
  /** Where the other one is. */
  readonly at: 'PUBLIC_URL' | 'DATABASE_URL';
  readonly said: Date;
  readonly own: Date;
}

const maxSkewSeconds = 60;

/** Whether this machine's clock agrees with others, and is not behind the newest callback that it has kept. */
export function checkClock(
  own: Date,
  newestReceivedAt: Date | undefined,
  readings: readonly ClockReading[],
): Finding {
  const behind = newestReceivedAt && secondsBetween(own, newestReceivedAt);
  if (behind !== undefined && behind > maxSkewSeconds)
    return wrong(`the clock is ${behind} s behind the newest callback that is kept`, 'this machine');
  for (const { at, said, own: then } of readings) {
    const apart = Math.abs(secondsBetween(then, said));
    if (apart > maxSkewSeconds)
      return wrong(`the clock is ${apart} s apart from the one at ${at}`, 'both machines');
  }
  const compared = readings.map(({ at }) => `, and agrees with the one at ${at}`).join('');
  return { check: 'clock', level: 'ok', message: `says ${own.toISOString()}${compared}` };
}

function wrong(what: string, where: string): Finding {
  return { check: 'clock', level: 'failure', message: `${what}. Run a time service on ${where}.` };
}

function secondsBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1000);
}
