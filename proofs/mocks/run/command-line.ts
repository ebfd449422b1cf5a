import { parseArgs } from 'node:util';

const maxShown = 20;

/** Reads `--seed` and the numeric flags of a proof. The default seed is the current time. */
export function readFlags<Name extends string>(
  defaults: { readonly [N in Name]: number },
): { readonly [N in Name]: number } & { readonly seed: string } {
  const names = Object.keys(defaults) as Name[];
  const options = Object.fromEntries([...names, 'seed'].map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ options });
  const numbers = names.map((name) => [name, Number(values[name] ?? defaults[name])]);
  const flags: { [N in Name]: number } = Object.fromEntries(numbers);
  return { ...flags, seed: `${values['seed'] ?? Date.now()}` };
}

/** Prints what a proof measured and its first counterexamples. The process fails unless the proof holds. */
export function report(
  lines: readonly string[],
  counterexamples: readonly string[],
  holds: boolean = counterexamples.length === 0,
): void {
  for (const line of [...lines, ...counterexamples.slice(0, maxShown)]) console.log(line);
  process.exitCode = holds ? 0 : 1;
}
