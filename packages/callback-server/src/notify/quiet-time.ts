/**
 * Measures for how long no callback has arrived. The wall clock counts at the first reading only, so a jump changes nothing
 * afterwards.
 *
 * @param now - Milliseconds by a clock that never jumps.
 * @returns A function of the time of the newest callback, that returns milliseconds. Before the first callback they count
 * from the first reading.
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
