/**
 * Measures for how long no callback has arrived. The wall clock counts at the first reading only, so a jump changes nothing
 * afterwards.
 *
 * @param now - Milliseconds by a clock that never jumps.
 * @returns A function that takes the time of the newest callback, and returns the milliseconds without a callback. Before
 * the first callback, the milliseconds count from the first reading.
 */
export function createQuietTime(
  now: () => number = () => performance.now(),
  wallClock: () => number = () => Date.now(),
): (lastReceivedAt: Date | undefined) => number {
  let newest: number | undefined;
  let quietSince: number | undefined;
  return (lastReceivedAt) => {
    const last = lastReceivedAt?.getTime();
    if (quietSince === undefined) quietSince = now() - Math.max(0, wallClock() - (last ?? wallClock()));
    // No callback is left if a purge has dropped the last one. That is no arrival.
    else if (last !== undefined && last !== newest) quietSince = now();
    newest = last ?? newest;
    return now() - quietSince;
  };
}
