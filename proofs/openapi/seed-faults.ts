import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { type ContractFile, nodesOf, readContractFiles } from './contract-files.ts';
import { faultKinds } from './fault-kinds.ts';

/** One mistake in one file. */
export interface Fault {
  readonly kind: string;
  readonly file: string;
  readonly pointer: string;
  /** The file with the mistake in it. JSON, which is YAML too. */
  readonly content: string;
}

/** Makes a number of mistakes, as many of each kind as of the others, at places that a seed decides. */
export function seedFaults(seed: number, count: number): Fault[] {
  const random = seededRandom(seed);
  const files = readContractFiles();
  const faults = Object.entries(faultKinds).map(([kind, waysOf]) =>
    shuffle(placesOf(kind, files, waysOf), random),
  );
  const rounds = Array.from({ length: count }, (_, round) =>
    shuffle(
      faults.flatMap((places) => places[round] ?? []),
      random,
    ),
  );
  return rounds
    .flat()
    .slice(0, count)
    .map((makeFault) => makeFault());
}

/** Each way to make a mistake of a kind, not made yet. */
function placesOf(kind: string, files: ContractFile[], waysOf: (typeof faultKinds)[string]): (() => Fault)[] {
  return files.flatMap((file) =>
    [...nodesOf(file.content)].flatMap(({ node, pointer }, place) =>
      waysOf(node, file).map((_, way) => () => {
        const content = structuredClone(file.content);
        const target = [...nodesOf(content)][place];
        if (target) waysOf(target.node, { ...file, content })[way]?.();
        return { kind, file: file.name, pointer, content: JSON.stringify(content, null, 2) };
      }),
    ),
  );
}

function shuffle<Item>(items: Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);
}
