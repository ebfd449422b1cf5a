import { parseArgs } from 'node:util';

/** The numbers and the seed of a proof, as the command line would have them. */
export function readFlags<Name extends string>(
  defaults: { readonly [N in Name]: number },
): { readonly [N in Name]: number } & { readonly seed: string } {
  const names = Object.keys(defaults) as Name[];
  const { values } = parseArgs({
    options: Object.fromEntries([...names, 'seed'].map((name) => [name, { type: 'string' as const }])),
  });
  const numbers = names.map((name) => [name, Number(values[name] ?? defaults[name])]);
  const read: { [N in Name]: number } = Object.fromEntries(numbers);
  return { ...read, seed: `${values['seed'] ?? Date.now()}` };
}
