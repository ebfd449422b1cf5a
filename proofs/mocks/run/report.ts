const maxShown = 20;

/** Prints what a proof measured and its first counterexamples. The process fails unless the proof holds. */
export function report(
  lines: readonly string[],
  counterexamples: readonly string[],
  holds: boolean = counterexamples.length === 0,
): void {
  for (const line of [...lines, ...counterexamples.slice(0, maxShown)]) console.log(line);
  process.exitCode = holds ? 0 : 1;
}
