const everyMs = 1000;
const minJumpMs = 60_000;

/** Reports when the wall clock jumps against the monotonic clock, by a minute or more. */
export function watchClock(onJump: (milliseconds: number) => void) {
  let hasJumped = false;
  let offset = Date.now() - performance.now();
  const compare = () => {
    const now = Date.now() - performance.now();
    if (Math.abs(now - offset) >= minJumpMs) {
      hasJumped = true;
      onJump(Math.round(now - offset));
    }
    offset = now;
  };
  const timer = setInterval(compare, everyMs).unref();
  return {
    /** Whether the clock has jumped since the watch began. */
    hasJumped: () => hasJumped,
    stop: () => clearInterval(timer),
  };
}
