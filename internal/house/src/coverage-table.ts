import { basename } from 'node:path';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

/** A column of the table, with the files that may prove a step or an event. No file: the part has nothing to do with it. */
interface Column {
  readonly title: string;
  readonly operations: readonly string[];
  readonly events: readonly string[];
  /** Whether the files prove whatever the contract lists, and therefore name nothing. */
  readonly isGeneric?: true;
}

const workflows = ['openapi/workflows/*.arazzo.yaml', 'openapi/workflows/parts/*.arazzo.yaml'];
const examples = ['openapi/test/examples.test.ts'];
const columns: readonly Column[] = [
  { title: 'contract', operations: examples, events: examples, isGeneric: true },
  {
    title: 'client',
    operations: ['packages/client/test/call/*.test.ts', 'packages/client/test/cases/*.test.ts'],
    events: ['packages/client/test/cases/*.test.ts'],
  },
  {
    title: 'sandbox',
    operations: ['packages/mocks/test/*.test.ts'],
    events: ['packages/mocks/test/*.test.ts'],
  },
  { title: 'callback server', operations: [], events: ['packages/callback-server/test/*.test.ts'] },
  {
    title: 'docs',
    operations: ['examples/each-operation/src/operations.ts'],
    events: ['examples/guides/test/*.test.ts'],
  },
  { title: 'workflow', operations: workflows, events: workflows },
];

/** Tests that run every operation of the contract stand for those that name none. */
const ofEveryOperation = 'packages/client/test/call/operations.test.ts';
/** The file store is no step of the workflow: a push carries the URLs of files. */
const isStep = (name: string) => !name.startsWith('upload');

/** The steps of the workflow, as the contract's table of contents names them. */
export const operationIds: readonly string[] = repositoryFiles('openapi/paths/*.yaml').flatMap((path) =>
  [...readRepositoryFile(path).matchAll(/operationId: (\w+)/g)].flatMap(([, id]) => id ?? []),
);
/** The events that the provider posts. */
export const events: readonly string[] = repositoryFiles('openapi/webhooks/*.yaml').map((path) =>
  basename(path, '.yaml'),
);

/**
 * The table of every step and event, each cell with a link to the test that names it most often.
 *
 * @returns The table, and the cells that no test proves.
 */
export function coverageTable(): { readonly table: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const row = (name: string, kind: 'operations' | 'events') => {
    const cells = columns.map(({ title, isGeneric = false, [kind]: patterns }) => {
      if (patterns.length === 0 || (title === 'workflow' && !isStep(name))) return '—';
      const path = isGeneric ? repositoryFiles(...patterns)[0] : proofOf(name, patterns, kind);
      const found = path ?? (title === 'client' && kind === 'operations' ? ofEveryOperation : undefined);
      if (found === undefined) missing.push(`${name}, ${title}`);
      return found === undefined
        ? ''
        : `[${basename(found).replace(/\.(test\.ts|arazzo\.yaml|ts)$/, '')}](${found})`;
    });
    return [`\`${name}\``, ...cells];
  };
  const rows = [
    ...operationIds.map((id) => row(id, 'operations')),
    ...events.map((event) => row(event, 'events')),
  ];
  return { table: markdownTable(['step or event', ...columns.map(({ title }) => title)], rows), missing };
}

/** The file that names the step or event most often; of several, the first. An event is a word in quotes or in a URL. */
function proofOf(
  name: string,
  patterns: readonly string[],
  kind: 'operations' | 'events',
): string | undefined {
  const word =
    kind === 'operations'
      ? new RegExp(`\\b${name}\\b`, 'g')
      : new RegExp(`['"/]${name}\\b|: ${name}\\b`, 'g');
  const counted = repositoryFiles(...patterns)
    .map((path) => ({ path, count: (readRepositoryFile(path).match(word) ?? []).length }))
    .filter(({ count }) => count > 0);
  const largest = Math.max(...counted.map(({ count }) => count));
  return counted.find(({ count }) => count === largest)?.path;
}
