import {
  claimTable,
  evidenceTable,
  factTable,
  hostTable,
  lifetimeList,
  moveTable,
  ruleTable,
  sourceTable,
  tokenTable,
} from './contract-tables.ts';
import { quoteTable } from './quote-table.ts';

/** Tables that the repository's own Markdown has already. */
const quotes = {
  contradictions: { path: 'openapi/CONTRADICTIONS.md', heading: 'Where upstream contradicts itself' },
  fidelity: { path: 'README.md', heading: 'How far to trust it' },
};

/** The generated parts of the guides. */
export async function createGuideFragments(
  readFile: (path: string) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  const quoted = Object.entries(quotes).map(async ([name, { path, heading }]) => {
    const markdown = await readFile(path);
    try {
      return [name, quoteTable(markdown, heading)] as const;
    } catch (error) {
      throw new Error(
        `The generated part "${name}" quotes ${path}, but ${(error as Error).message} Correct guide-fragments.ts.`,
      );
    }
  });
  return {
    ...Object.fromEntries(await Promise.all(quoted)),
    'tokens-by-operation': tokenTable(),
    'evidence-by-operation': evidenceTable(),
    'hosts-of-the-contract': hostTable(),
    'facts-of-the-contract': factTable(),
    'claims-of-the-contract': claimTable(),
    'sources-of-the-contract': sourceTable(),
    'rules-of-requests': ruleTable(),
    'moves-of-a-case': moveTable(),
    'file-lifetimes': lifetimeList(),
  };
}
