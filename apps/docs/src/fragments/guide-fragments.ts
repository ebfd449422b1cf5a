import type { Fragments } from '../markdown/fill-fragments.ts';
import { evidenceTable, lifetimeList, moveTable, tokenTable } from './contract-tables.ts';
import { quoteTable } from './quote-table.ts';

const client = 'packages/client/README.md';
const sandbox = 'packages/mocks/README.md';
const faults = 'packages/mocks/FAULTS.md';
const callbackServer = 'packages/callback-server/README.md';

/** Tables that a package's own Markdown has: file, heading, and which table below the heading. */
const quotes: Readonly<Record<string, readonly [path: string, heading: string, index?: number]>> = {
  'client-options': [client, 'Options'],
  'client-call-options': [client, 'Calls'],
  'client-errors': [client, 'Errors'],
  'client-retries': [client, 'Retries'],
  'client-remedies': [client, 'No duplicates'],
  'client-find-merchant': [client, 'No duplicates', 1],
  'client-login': [client, 'Login'],
  'client-wait-options': [client, 'Decisions'],
  'client-events': [client, 'Events'],
  'client-guards': [client, 'Guards'],
  'sandbox-options': [sandbox, 'In a test'],
  'sandbox-requests': [sandbox, 'In a test', 1],
  'sandbox-policies': [sandbox, 'The back office'],
  'sandbox-callbacks': [sandbox, 'Callbacks'],
  'sandbox-state': [sandbox, 'State, scenarios, many sandboxes'],
  'sandbox-start-options': [sandbox, 'As a server'],
  'sandbox-control': [sandbox, 'Control API'],
  'sandbox-control-rules': [sandbox, 'Control API', 1],
  'sandbox-fidelity': [sandbox, 'How faithful the sandbox is'],
  'faults-of-responses': [faults, 'Faults of responses'],
  'faults-of-callbacks': [faults, 'Faults of callbacks'],
  'callback-server-factors': [callbackServer, 'Authentication'],
  'callback-server-responses': [callbackServer, 'Responses to the provider'],
  'callback-server-queues': [callbackServer, 'Queues'],
  'callback-server-tables': [callbackServer, 'Storage'],
  'callback-server-fatal-codes': [callbackServer, 'Storage', 1],
  'postgres-parameters': [callbackServer, 'Storage', 2],
  'callback-server-encryption': [callbackServer, 'Encryption'],
  'callback-server-admin-api': [callbackServer, 'Admin API'],
  'callback-server-faults': [callbackServer, 'Evidence from faults'],
  contradictions: ['openapi/CONTRADICTIONS.md', 'Where upstream contradicts itself'],
  fidelity: ['README.md', 'How far to trust it'],
};

/** The generated parts of the guides. */
export async function createGuideFragments(readFile: (path: string) => Promise<string>): Promise<Fragments> {
  const quoted = Object.entries(quotes).map(async ([name, [path, heading, index]]) => {
    const markdown = await readFile(path);
    try {
      return [name, quoteTable(markdown, heading, index)] as const;
    } catch (error) {
      throw new Error(`The generated part "${name}" quotes ${path}, but ${(error as Error).message}`);
    }
  });
  return {
    ...Object.fromEntries(await Promise.all(quoted)),
    'tokens-by-operation': tokenTable(),
    'evidence-by-operation': evidenceTable(),
    'moves-of-a-case': moveTable(),
    'file-lifetimes': lifetimeList(),
  };
}
