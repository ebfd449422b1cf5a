const everyMs = 1000;

/**
 * Limits lines of the same kind to one per second.
 *
 * @returns A function that returns how many lines of the kind were suppressed since the last one, or `undefined` if this
 * line has to be suppressed too.
 */
export function limitRepeats(): (kind: string, nowMs: number) => number | undefined {
  const last = new Map<string, { at: number; suppressed: number }>();
  return (kind, nowMs) => {
    const before = last.get(kind);
    if (before && nowMs - before.at < everyMs) {
      before.suppressed += 1;
      return undefined;
    }
    last.set(kind, { at: nowMs, suppressed: 0 });
    return before?.suppressed ?? 0;
  };
}
