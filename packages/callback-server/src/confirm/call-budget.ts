export type CallBudget = ReturnType<typeof createCallBudget>;

/**
 * Spaces calls evenly, so that no minute has more than its budget.
 *
 * @param perMinute - Maximum number of calls in a minute.
 * @param now - Milliseconds by a clock that never jumps.
 */
export function createCallBudget(perMinute: number, now: () => number = () => performance.now()) {
  const spacingMs = 60_000 / perMinute;
  let nextAt = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  return {
    /** Takes one call. Returns the milliseconds to wait before it. */
    take: (): number => {
      const takenAt = now();
      const at = Math.max(nextAt, takenAt, pausedUntil);
      nextAt = at + spacingMs;
      return at - takenAt;
    },
    /** Milliseconds until a call could start, if no other call is taken before. */
    waitMs: (): number => Math.max(0, nextAt - now(), pausedUntil - now()),
    spacingMs,
    /** Lets no call start for so many milliseconds. */
    pause: (milliseconds: number): void => {
      pausedUntil = Math.max(pausedUntil, now() + milliseconds);
    },
    /** Milliseconds until the pause ends. */
    pauseMs: (): number => Math.max(0, pausedUntil - now()),
  };
}
