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

test('only jobs without a command of ours, and the job that publishes, may have an identity', () => {
  const identified = jobs.filter(({ permissions }) => permissions?.['id-token'] === 'write');
  expect(identified.map(({ commands }) => commands).sort()).toEqual(['', 'npm ci']);
});
