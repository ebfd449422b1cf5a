import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
type Permissions = Readonly<Record<string, 'read' | 'write'>>;
interface Workflow {
  readonly permissions?: Permissions;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: Permissions; readonly steps: readonly Step[] }>
  >;
}

const jobs = repositoryFiles('.github/workflows/*.yml').flatMap((path) => {
  const workflow = parse(readRepositoryFile(path)) as Workflow;
  return Object.entries(workflow.jobs).map(([name, { permissions, steps }]) => ({
    job: `${path}: ${name}`,
    permissions: permissions ?? workflow.permissions,
    steps,
    commands: steps.flatMap(({ run }) => run ?? []).join('\n'),
  }));
});
const mayWrite = ({ permissions }: (typeof jobs)[number]) =>
  Object.values(permissions ?? { all: 'write' }).includes('write');

test.each(jobs)('$job keeps no credentials, unless an action of the job pushes', ({ steps }) => {
  const pushes = steps.some(({ uses }) => uses?.startsWith('changesets/action@'));
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  for (const checkout of checkouts) expect(checkout.with?.['persist-credentials'] ?? true).toBe(pushes);
});

test.each(jobs.filter(mayWrite))('$job may write, so it runs no tests', ({ commands }) => {
  expect(commands).not.toMatch(/\.ci\/run|npm (run )?(test|check|consumers|readmes|prove)\b/);
});

test('only jobs that run no command of ours, and the job that publishes, may get an identity token', () => {
  const identified = jobs.filter(({ permissions }) => permissions?.['id-token'] === 'write');
  expect(identified.map(({ commands }) => commands).sort()).toEqual(['', 'npm ci']);
});

const nightly = readRepositoryFile('.github/workflows/nightly.yml');

test('each night runs every fault table', () => {
  const { jobs } = parse(nightly) as {
    jobs: { faults: { strategy: { matrix: { tables: readonly string[] } } } };
  };
  const run = jobs.faults.strategy.matrix.tables.flatMap((tables) =>
    tables.replaceAll(/ ?--\w+ \w+/g, '').split(' '),
  );
  const source = readRepositoryFile('proofs/callback-server/fault-tables.ts');
  const names = [...source.matchAll(/^ {2}'?([a-z-]+)'?: table\(/gm)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(10);
  expect([...new Set(run)].sort()).toEqual(names.sort());
});

test('each night runs every proof, and the README of the proofs has a row for each', () => {
  const { scripts } = JSON.parse(readRepositoryFile('proofs/package.json')) as { scripts: object };
  const proofs = Object.keys(scripts).filter((name) => !/^(typecheck|test|mocks:.*)$/.test(name));
  expect(proofs.length).toBeGreaterThan(5);
  for (const name of proofs) {
    expect(nightly).toContain(`npm run ${name} -w proofs`);
    expect(readRepositoryFile('proofs/README.md')).toContain(`| \`npm run ${name}\` |`);
  }
});
