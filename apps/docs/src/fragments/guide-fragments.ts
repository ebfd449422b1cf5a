import {
  evidenceTable,
  lifetimeList,
  moveTable,
  ruleTable,
  sourceTable,
  tokenTable,
} from './contract-tables.ts';
import { type Quote, quoteMarkdown, type Targets } from './quote-markdown.ts';

const client = 'packages/client/README.md';
const sandbox = 'packages/mocks/README.md';
const faults = 'packages/mocks/FAULTS.md';

/** What a package's own Markdown has already. */
const quotes: Readonly<Record<string, Quote>> = {
  'client-options': { path: client, heading: 'Options' },
  'client-call-options': { path: client, heading: 'Calls' },
  'client-errors': { path: client, heading: 'Errors' },
  'client-retries': { path: client, heading: 'Retries' },
  'client-remedies': { path: client, heading: 'No duplicates' },
  'client-find-merchant': { path: client, heading: 'No duplicates', index: 1 },
  'client-login': { path: client, heading: 'Login' },
  'client-wait-options': { path: client, heading: 'Decisions' },
  'client-events': { path: client, heading: 'Events' },
  'client-guards': { path: client, heading: 'Guards' },
  'sandbox-options': { path: sandbox, heading: 'In a test' },
  'sandbox-requests': { path: sandbox, heading: 'In a test', index: 1 },
  'sandbox-policies': { path: sandbox, heading: 'The back office' },
  'sandbox-callbacks': { path: sandbox, heading: 'Callbacks' },
  'sandbox-state': { path: sandbox, heading: 'State, scenarios, many sandboxes' },
  'sandbox-start-options': { path: sandbox, heading: 'As a server' },
  'sandbox-control': { path: sandbox, heading: 'Control API' },
  'sandbox-control-rules': { path: sandbox, heading: 'Control API', index: 1 },
  'sandbox-fidelity': { path: sandbox, heading: 'How faithful the sandbox is' },
  'faults-of-responses': { path: faults, heading: 'Faults of responses' },
  'faults-of-callbacks': { path: faults, heading: 'Faults of callbacks' },
  contradictions: { path: 'openapi/CONTRADICTIONS.md', heading: 'Where upstream contradicts itself' },
  fidelity: { path: 'README.md', heading: 'How far to trust it' },
};

/** Where the guides say what these sections of the READMEs say. */
const targets: Targets = {
  events: '/client/#log-trace-measure',
  guards: '/client/#guards',
  login: '/login/',
  'no-duplicates': '/unknown-outcome/',
  retries: '/client/#retries',
};

/** The generated parts of the guides. */
export async function createGuideFragments(
  readFile: (path: string) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  const quoted = Object.entries(quotes).map(async ([name, quote]) => {
    const markdown = await readFile(quote.path);
    try {
      return [name, quoteMarkdown(markdown, quote, targets)] as const;
    } catch (error) {
      throw new Error(`The generated part "${name}" quotes ${quote.path}, but ${(error as Error).message}`);
    }
  });
  return {
    ...Object.fromEntries(await Promise.all(quoted)),
    'tokens-by-operation': tokenTable(),
    'evidence-by-operation': evidenceTable(),
    'sources-of-the-contract': sourceTable(),
    'rules-of-requests': ruleTable(),
    'moves-of-a-case': moveTable(),
    'file-lifetimes': lifetimeList(),
  };
}
