/** A check that may kill a mutant. */
export interface Check {
  readonly name: string;
  /** Node commands. A mutant is killed by the first command that fails. */
  readonly commands: readonly Command[];
}

export interface Command {
  /** Folder in the copy to run in. */
  readonly folder: string;
  /** A program, relative to that folder or in `node_modules/`, and its arguments. */
  readonly args: readonly string[];
}

/** The packages to copy, by name, with their folders. */
export const copiedPackages = {
  openapi: 'openapi',
  client: 'packages/client',
  mocks: 'packages/mocks',
} as const;

const { openapi, client, mocks } = copiedPackages;
const vitest = (...filters: string[]) => ['node_modules/vitest/vitest.mjs', 'run', ...filters];
const tsc = ['node_modules/typescript/bin/tsc', '-p', '.'];
const lint = ['node_modules/@redocly/cli/bin/cli.js', 'lint', '--config', 'redocly.yaml'];
const ownTests = ['classification', 'contract.test', 'documented', 'examples', 'validators', 'quality'];

/** Checks of the contract alone, cheapest first. */
export const quickChecks: readonly Check[] = [
  { name: 'lint', commands: [{ folder: openapi, args: lint }] },
  { name: 'build', commands: [{ folder: openapi, args: ['generate/build.ts'] }] },
  { name: 'own tests', commands: [{ folder: openapi, args: vitest(...ownTests) }] },
];

/** All checks, cheapest first, except that the release check comes last. */
export const allChecks: readonly Check[] = [
  ...quickChecks,
  { name: 'types', commands: [client, mocks].map((folder) => ({ folder, args: tsc })) },
  {
    name: 'client, sandbox, workflows',
    commands: [mocks, client].map((folder) => ({ folder, args: vitest() })),
  },
  { name: 'release check', commands: [{ folder: openapi, args: ['changes/contract-diff.ts'] }] },
];
