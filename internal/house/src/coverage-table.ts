import { basename } from 'node:path';
import { markdownTable } from '@partner-ecosystem/testing/markdown-table';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

/** A column of the table, with the files that may prove an operation or an event. Without files the cell is `—`. */
interface Column {
  readonly title: string;
  readonly operations: readonly string[];
  readonly events: readonly string[];
  /** Whether the files test everything that the contract lists, so that their titles name no step or event. */
  readonly isGeneric?: true;
}

/** The tests of this file have each operation of the contract in their titles. */
const ofEveryOperation = 'packages/client/test/call/operations.test.ts';
const workflows = ['openapi/workflows/*.arazzo.yaml', 'openapi/workflows/parts/*.arazzo.yaml'];
const examples = ['openapi/test/examples.test.ts'];
const columns: readonly Column[] = [
  { title: 'contract', operations: examples, events: examples, isGeneric: true },
  {
    title: 'client',
    operations: [ofEveryOperation],
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
    operations: ['examples/each-operation/test/operations.test.ts'],
    events: ['examples/guides/test/*.test.ts'],
  },
  { title: 'workflow', operations: workflows, events: workflows },
];

/** An upload is no step of the workflow, because a push carries only the URLs of files. */
const isStep = (name: string) => !name.startsWith('upload');

/** The operations of the contract, in the order of the names of their files. */
export const operationIds: readonly string[] = repositoryFiles('openapi/paths/*.yaml').flatMap((path) =>
  [...readRepositoryFile(path).matchAll(/operationId: (\w+)/g)].flatMap(([, id]) => id ?? []),
);
/** The events that the provider posts. */
export const events: readonly string[] = repositoryFiles('openapi/webhooks/*.yaml').map((path) =>
  basename(path, '.yaml'),
);

/**
 * The table of every step and event. Each cell links to the file whose test titles name the step or event most often.
 *
 * @returns The table, and the cells that no test proves.
 */
export function coverageTable(): { readonly table: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const row = (name: string, kind: 'operations' | 'events') => {
    const cells = columns.map(({ title, isGeneric = false, [kind]: patterns }) => {
      if (patterns.length === 0 || (title === 'workflow' && !isStep(name))) return '—';
      const path = isGeneric ? repositoryFiles(...patterns)[0] : proofOf(name, patterns, kind);
      if (path === undefined) missing.push(`${name}, ${title}`);
      return path === undefined
        ? ''
        : `[${basename(path).replace(/\.(test\.ts|arazzo\.yaml)$/, '')}](${path})`;
    });
    return [`\`${name}\``, ...cells];
  };
  const rows = [
    ...operationIds.map((id) => row(id, 'operations')),
    ...events.map((event) => row(event, 'events')),
  ];
  return { table: markdownTable(['step or event', ...columns.map(({ title }) => title)], rows), missing };
}

/** The first of the files whose titles name the step or event most often. In a workflow file every line counts. */
function proofOf(
  name: string,
  patterns: readonly string[],
  kind: 'operations' | 'events',
): string | undefined {
  const word = new RegExp(`\\b${name}\\b`, 'g');
  const counted = repositoryFiles(...patterns)
    .map((path) => {
      const text = readRepositoryFile(path);
      if (namesEveryOperation(text) && kind === 'operations') return { path, count: 1 };
      const titles = path.endsWith('.test.ts') ? titlesIn(text) : text;
      return { path, count: (titles.match(word) ?? []).length };
    })
    .filter(({ count }) => count > 0);
  const largest = Math.max(...counted.map(({ count }) => count));
  return counted.find(({ count }) => count === largest)?.path;
}

/** The titles of tests, and the rows of tables that give tests their titles. */
function titlesIn(text: string): string {
  const titles = text.matchAll(/\b(?:test|describe)\b[^'`\n]*(['`].*)|\.each\b.*\[(.*)|^ +\[(['`].*)/gm);
  return [...titles].map(([, title, row, own]) => title ?? row ?? own ?? '').join('\n');
}

function namesEveryOperation(text: string): boolean {
  return /\(Object\.values\(operations\)\)\('\$operationId|calls every operation/.test(text);
}
