/**
 * Creates a clock that starts at the wall clock's time and then advances by elapsed time, whatever the wall clock does.
 * It returns whole milliseconds since 1970.
 */
export function createElapsedClock(): () => number {
  const startedAt = Date.now() - performance.now();
  return () => Math.round(startedAt + performance.now());
}
