const everyMs = 1000;
const minJumpMs = 60_000;

/**
 * Tells when the clock on the wall has jumped against the one that only runs on.
 *
 * @returns What ends the watch.
 */
export function watchClock(onJump: (milliseconds: number) => void): () => void {
  let offset = Date.now() - performance.now();
  const look = () => {
    const now = Date.now() - performance.now();
    if (Math.abs(now - offset) >= minJumpMs) onJump(Math.round(now - offset));
    offset = now;
  };
  const timer = setInterval(look, everyMs).unref();
  return () => clearInterval(timer);
}
