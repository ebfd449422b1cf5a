import { transitions } from '@partner-ecosystem/mocks';
import { parameters } from '@partner-ecosystem/openapi/classification';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import { readFacts } from '../../../../openapi/rules/facts.ts';
import { factTables } from '../../../../openapi/rules/facts-table.ts';
import { requestRules } from '../../src/contract/request-rules.ts';
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
  'sources-of-the-contract',
  'hosts-of-the-contract',
  'rules-of-requests',
  'facts-of-the-contract',
  'claims-of-the-contract',
  'evidence-by-operation',
  'contradictions',
])('the trust page shows the generated part %s', (name) => {
  expect(pages.find(({ slug }) => slug === 'trust')?.body).toContain(`<!-- generated: ${name} -->`);
});

const operationIds = Object.keys(operations) as OperationId[];

test.each([
  ['sources-of-the-contract', Object.keys(facts.sources)],
  ['hosts-of-the-contract', Object.values(facts.servers).flatMap(({ is }) => is)],
  ['rules-of-requests', operationIds.flatMap((id) => requestRules(id).map(() => id))],
  ['evidence-by-operation', operationIds],
  ['claims-of-the-contract', facts.claims.map(({ says }) => says.replaceAll('|', '\\|'))],
  [
    'facts-of-the-contract',
    [...factTables, 'limits' as const, 'words' as const, 'units' as const].flatMap((table) =>
      Object.keys(facts[table]),
    ),
  ],
])('the part %s has a row for each part of its source, in the same order', (name, expected) => {
  const rows = rowsOf(fragments[name]);
  expect(expected.length).toBeGreaterThan(5);
  expect(rows).toHaveLength(expected.length);
  for (const [index, text] of expected.entries()) expect(rows[index]).toContain(text);
});

test.each(transitions)('the table of moves says what to do after $move in $from', ({ from, to }) => {
  const rows = rowsOf(fragments['moves-of-a-case']).map((row) => row.split('|').map((cell) => cell.trim()));
  const row = rows.find((cells) => cells[1] === `\`${from}\`` && cells[3] === `\`${to}\``);
  const whatToDo = row?.[5] ?? '';
  expect(whatToDo).toMatch(
    { new: /push/, pending: /wait/, accept: /pull/, reject: /pull/, draft: /push again/ }[to],
  );
});

test('the classified fields include every parameter, and say who keeps them', () => {
  const rows = rowsOf(fragments['classification']);
  const names = Object.values(parameters).flatMap((shape) =>
    'properties' in shape ? Object.keys(shape.properties) : [],
  );
  expect(names).toHaveLength(6);
  for (const name of names) expect(rows.some((row) => row.startsWith(`| \`${name}\` |`))).toBe(true);
  const keptBy = (name: string) =>
    rows
      .find((row) => row.startsWith(`| \`${name}\` |`))
      ?.split(' | ')
      .at(-1);
  expect(keptBy('password')).toBe('sandbox |');
  expect(keptBy('reason')).toBe('sandbox, callback server |');
  for (const token of ['the partner', 'an administrator', 'of the callback URL', 'of the admin API'])
    expect(pages.find(({ slug }) => slug === 'personal-data')?.body).toContain(`\n| ${token}`);
});

test('a rule that no page or program shows is only a warning', () => {
  const rules = operationIds.flatMap((id) => requestRules(id));
  const refused = rules.filter(({ isOnlyWarned, whose }) => !isOnlyWarned && whose !== 'ours');
  const inferred = refused.filter(({ whose }) => whose !== 'ours' && whose.evidence === 'inferred');
  expect(refused.length).toBeGreaterThan(5);
  // Any object is a request that no page documents.
  expect(inferred.map(({ path, rule }) => path + rule)).toEqual(Array(3).fill('type object'));
});

test('the trust page shows each contradiction of the contract', async () => {
  const rows = (await readFromRoot('openapi/CONTRADICTIONS.md')).match(/^\| \d+ .*$/gm) ?? [];
  const shown = fragments['contradictions']?.match(/^\| \d+ .*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(5);
  expect(shown).toHaveLength(rows.length);
});

/** The rows of a table, without its head. */
function rowsOf(table = ''): string[] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
}
