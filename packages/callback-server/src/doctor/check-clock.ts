import { type Finding, failure, ok } from './finding.ts';

/** The time of another clock, and of this machine's clock at that moment. */
export interface ClockReading {
  /** The setting that names the other machine. */
  readonly at: 'PUBLIC_URL' | 'DATABASE_URL';
  readonly other: Date;
  readonly own: Date;
}

const maxSkewSeconds = 60;

/**
 * Checks that this machine's clock agrees with others, and that no stored callback is in the future. The database's
 * clock decides: the machine at the public URL may be this machine.
 */
export function checkClock(
  own: Date,
  newestReceivedAt: Date | undefined,
  readings: readonly ClockReading[],
): Finding {
  const skews = readings.map((reading) => ({
    at: reading.at,
    ahead: secondsBetween(reading.other, reading.own),
  }));
  const agreeing = skews.filter(({ ahead }) => Math.abs(ahead) <= maxSkewSeconds);
  const database = skews.find(({ at }) => at === 'DATABASE_URL');
  const wrong = skews.filter((skew) => !agreeing.includes(skew));
  if (wrong.length > 0)
    return failure(database && agreeing.includes(database) ? blameOthers(wrong) : blameOwn(wrong));
  const future = newestReceivedAt && secondsBetween(own, newestReceivedAt);
  if (future !== undefined && future > maxSkewSeconds) return failure(blameFuture(future, agreeing));
  const compared = agreeing.map(({ at }) => `, and agrees with the one at ${at}`).join('');
  return ok(`says ${own.toISOString()}${compared}`);
}

interface Skew {
  readonly at: ClockReading['at'];
  /** Seconds by which this machine's clock is ahead of the other clock. */
  readonly ahead: number;
}

function blameOwn(wrong: readonly Skew[]): string {
  const differences = wrong.map(({ at, ahead }) => `${describe(ahead)} the one at ${at}`).join(', and ');
  return `this machine's clock is ${differences}. Run a time service on this machine. If a time service runs already, the other clock is wrong.`;
}

function blameOthers(wrong: readonly Skew[]): string {
  const differences = wrong.map(
    ({ at, ahead }) => `the clock at ${at} is ${describe(-ahead)} this machine's`,
  );
  return `${differences.join(', and ')}, which agrees with the one at DATABASE_URL. Run a time service on the other machine.`;
}

/** A stored callback got its time from the clock of the machine that received it. */
function blameFuture(seconds: number, agreeing: readonly Skew[]): string {
  const newest = `the newest stored callback is ${seconds} s in the future by this machine's clock`;
  return agreeing.length > 0
    ? `${newest}, which agrees with the one at ${agreeing[0]?.at}: the clock of a machine that receives callbacks is or was ahead. Run a time service on each of them.`
    : `${newest}: the clock is behind, or it was ahead when the callback arrived. Run a time service on this machine.`;
}

function describe(ahead: number): string {
  return `${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'}`;
}

function secondsBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / 1000);
}
