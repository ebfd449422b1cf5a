import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { testSeed as seed } from '@partner-ecosystem/testing/test-seed';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copiedPackages, quickChecks } from '../checks.ts';
import { type ContractCopy, createContractCopy, root } from '../contract-copy.ts';
import { createMutants, unchangedFile } from '../create-mutants.ts';
import { mutationOperators } from '../mutation-operators.ts';

/** Operators whose mutants the contract's own checks kill, without the client and the sandbox. */
const operators = [
  'classification removed',
  'evidence basis removed',
  'reference to a missing file',
  'example made invalid',
  'method changed',
  'servers removed',
];

let copy: ContractCopy;
beforeAll(async () => {
  copy = await createContractCopy();
});
afterAll(() => copy[Symbol.asyncDispose]());

test.each(Object.values(copiedPackages))(
  'the copy of %s has the same versions of its dependencies',
  (folder) => {
    const { dependencies, devDependencies } = manifestAt(join(root, folder, 'package.json'));
    const names = Object.keys({ ...dependencies, ...devDependencies });
    const versionsIn = (repository: string) =>
      names.map((name) => {
        const path = findPackageJSON(name, join(repository, folder, 'package.json')) ?? '';
        return [name, manifestAt(path).version];
      });
    expect(versionsIn(copy.path)).toEqual(versionsIn(root));
  },
);

test('the quick checks pass for the unchanged contract in another notation', {
  timeout: 900_000,
}, async () => {
  expect(await copy.killedBy(unchangedFile(), quickChecks)).toBeUndefined();
});

test(`the quick checks kill a mutant of each operator that they cover (SEED=${seed})`, {
  timeout: 1_800_000,
}, async () => {
  // One mutant of each operator comes before the second of any.
  const first = createMutants(seed, Object.keys(mutationOperators).length);
  const mutants = first.filter(({ operator }) => operators.includes(operator));
  expect(mutants.map(({ operator }) => operator).sort()).toEqual(operators.toSorted());
  const survivors = [];
  for (const mutant of mutants)
    if (!(await copy.killedBy(mutant, quickChecks)))
      survivors.push(`${mutant.operator}: ${mutant.file}#${mutant.where}`);
  expect(survivors).toEqual([]);
});

function manifestAt(path: string) {
  return JSON.parse(readFileSync(path, 'utf8')) as {
    readonly version: string;
    readonly dependencies?: object;
    readonly devDependencies?: object;
  };
}
