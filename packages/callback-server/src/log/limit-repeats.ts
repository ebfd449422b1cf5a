const everyMs = 1000;

/**
 * Lets what is alike through once a second.
 *
 * @returns How many alike were held back since the last one that was let through, or nothing for one to hold back.
 */
export function limitRepeats(): (kind: string, nowMs: number) => number | undefined {
  const last = new Map<string, { at: number; heldBack: number }>();
  return (kind, nowMs) => {
    const before = last.get(kind);
    if (before && nowMs - before.at < everyMs) {
      before.heldBack += 1;
      return undefined;
    }
    last.set(kind, { at: nowMs, heldBack: 0 });
    return before?.heldBack ?? 0;
  };
}
