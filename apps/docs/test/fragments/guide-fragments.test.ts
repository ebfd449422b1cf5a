import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import { readFacts } from '../../../../openapi/rules/facts.ts';
import { factTables } from '../../../../openapi/rules/facts-table.ts';
import { readFromRoot } from '../../src/markdown/read-from-root.ts';
import { readWrittenPages } from '../../src/markdown/read-written-pages.ts';
import { createFragments } from '../../src/output/create-fragments.ts';

const fragments = await createFragments([]);
const pages = await readWrittenPages();
const facts = readFacts('facts.yaml');

test.each(Object.keys(fragments))('a page shows the generated part %s', (name) => {
  expect(pages.filter(({ body }) => body.includes(`<!-- generated: ${name} -->`))).not.toEqual([]);
});

test.each([
  ['sources-of-the-contract', Object.keys(facts.sources)],
  ['hosts-of-the-contract', Object.values(facts.servers).flatMap(({ is }) => is)],
  ['rules-of-requests', Object.keys(operations)],
  ['evidence-by-operation', Object.keys(operations)],
  ['claims-of-the-contract', facts.claims.map(({ says }) => says.replaceAll('|', '\\|'))],
  ['facts-of-the-contract', factTables.flatMap((table) => Object.keys(facts[table]))],
  ['facts-of-the-contract', Object.keys({ ...facts.limits, ...facts.words, ...facts.units })],
])('the part %s has every row', (name, rows) => {
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) expect(fragments[name]).toContain(row);
});

test('the contradictions are those of the contract', async () => {
  const rows = (await readFromRoot('openapi/CONTRADICTIONS.md')).match(/^\| \d+ .*$/gm) ?? [];
  const shown = fragments['contradictions']?.match(/^\| \d+ .*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(5);
  expect(shown).toHaveLength(rows.length);
});
