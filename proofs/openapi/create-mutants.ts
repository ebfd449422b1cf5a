import { seededRandom, shuffle } from '@partner-ecosystem/testing/seeded-random';
import { type ContractFile, nodesOf, readContractFile, readContractFiles } from './contract-files.ts';
import { type MutationOperator, mutationOperators } from './mutation-operators.ts';

/** A file of the contract with one mistake. */
export interface Mutant {
  /** Name of the mutation operator, or the folder of a mistake from outside. */
  readonly operator: string;
  readonly file: string;
  /** JSON pointer of the changed object, or why the changed text is wrong. */
  readonly where: string;
  readonly content: string;
}

/** Creates `count` mutants, with equal shares for all operators, at positions that `seed` decides. */
export function createMutants(seed: number, count: number): Mutant[] {
  const random = seededRandom(seed);
  const files = readContractFiles();
  const candidates = Object.entries(mutationOperators).map(([name, operator]) =>
    shuffle(candidatesOf(name, operator, files), random),
  );
  const rounds = Array.from({ length: count }, (_, round) =>
    shuffle(
      candidates.flatMap((ofOperator) => ofOperator[round] ?? []),
      random,
    ),
  );
  return rounds
    .flat()
    .slice(0, count)
    .map((create) => create());
}

/** A mutant without a mistake: one file in another notation. Every check should pass. */
export function unchangedFile(): Mutant {
  const { name, content } = readContractFile('components/schemas/BasicDetails.yaml');
  return { operator: 'none', file: name, where: '', content: JSON.stringify(content) };
}

/** Every mutant that an operator can create. */
function candidatesOf(name: string, operator: MutationOperator, files: ContractFile[]): (() => Mutant)[] {
  return files.flatMap((file) =>
    [...nodesOf(file.content)].flatMap(({ node, pointer }, index) =>
      operator(node, file).map((edit) => () => {
        const content = structuredClone(file.content);
        const target = [...nodesOf(content)][index];
        if (target) edit(target.node);
        // JSON is valid YAML.
        return { operator: name, file: file.name, where: pointer, content: JSON.stringify(content, null, 2) };
      }),
    ),
  );
}
