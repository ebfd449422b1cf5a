/** A check that may kill a mutant. */
export interface Check {
  readonly name: string;
  /** Folders in the copy to run in. A mutant is killed by the first run that fails. */
  readonly folders: readonly string[];
  /** A program for Node, relative to the folder or in `node_modules/`, and its arguments. */
  readonly args: readonly string[];
}

/** The packages to copy, by name, with their folders. */
export const copiedPackages = {
  openapi: 'openapi',
  client: 'packages/client',
  mocks: 'packages/mocks',
} as const;

const { openapi, client, mocks } = copiedPackages;
/** The first failure is enough. */
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--bail=1'];
const tsc = ['node_modules/typescript/bin/tsc', '-p', '.'];
const lint = ['node_modules/@redocly/cli/bin/cli.js', 'lint', '--config', 'redocly.yaml'];
const ownTests =
  'classification contract.test documented examples overlays quality validators workflows'.split(' ');

/** Checks of the contract alone, cheapest first. */
export const quickChecks: readonly Check[] = [
  { name: 'lint', folders: [openapi], args: lint },
  { name: 'build', folders: [openapi], args: ['generate/build.ts'] },
  { name: 'own tests', folders: [openapi], args: [...vitest, ...ownTests] },
];

/** All checks, cheapest first, except that the release check comes last. */
export const allChecks: readonly Check[] = [
  ...quickChecks,
  // Only a person can compare a text with its sources.
  { name: 'compared texts', folders: [openapi], args: [...vitest, 'compared'] },
  { name: 'types', folders: [client, mocks], args: tsc },
  { name: 'workflows', folders: [mocks], args: [...vitest, 'workflows'] },
  { name: 'client, sandbox', folders: [mocks, client], args: vitest },
  { name: 'release check', folders: [openapi], args: ['changes/contract-diff.ts'] },
];
