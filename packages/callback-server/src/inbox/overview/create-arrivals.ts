import type { Verdict } from '../../callback/verdict.ts';

type Counts = Readonly<Record<Verdict, number>>;

/** The callbacks that arrived in an hour, by their verdict. */
export interface HourOfArrivals {
  /** When the hour began. */
  readonly hour: Date;
  readonly counts: Counts;
}

const hourMs = 3_600_000;
const shownHours = 24;
/** This long after an hour, all its arrivals are stored: a commit takes seconds, and replicas differ by seconds. */
const marginMs = 60_000;

/**
 * Creates a function that counts the arrivals of the last 24 hours. Hours that have ended are counted once. The hours
 * are counted one after the other, so that other reads wait only for the count of one hour.
 *
 * @param countHour - Counts the arrivals of the hour that contains the time.
 */
export function createArrivals(countHour: (time: Date) => Promise<Counts>) {
  const ended = new Map<number, Counts>();
  return async (now: number): Promise<HourOfArrivals[]> => {
    const running = Math.floor(now / hourMs);
    const first = running - shownHours + 1;
    for (const hour of ended.keys()) if (hour < first || hour > running) ended.delete(hour);
    const hours: HourOfArrivals[] = [];
    for (let number = first; number <= running; number++) {
      const hour = new Date(number * hourMs);
      const counts = ended.get(number) ?? (await countHour(hour));
      if ((number + 1) * hourMs + marginMs <= now) ended.set(number, counts);
      hours.push({ hour, counts });
    }
    return hours;
  };
}
