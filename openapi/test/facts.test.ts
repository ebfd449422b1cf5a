import { expect, test } from 'vitest';
import { readFacts } from '../rules/facts.ts';
import { factTables } from '../rules/facts-table.ts';

const facts = readFacts('facts.yaml');

test.each([...factTables, 'words', 'units'] as const)('each fact of %s cites its sources', (table) => {
  for (const [subject, { source }] of Object.entries(facts[table])) expectSources(source, subject);
});

test('each limit cites its sources, unless the limit is only ours', () => {
  for (const [subject, { source, expected: _, ...documented }] of Object.entries(facts.limits))
    if (source || Object.keys(documented).length > 0) expectSources(source, subject);
});

test('each claim cites its sources', () => {
  for (const { says, source } of facts.claims) expectSources(source, says);
});

test('each claim has a source with a URL, unless the claim is inferred', () => {
  const unproven = facts.claims.filter(
    ({ source, inferred }) => !inferred && source.every((name) => facts.sources[name]?.url === undefined),
  );
  expect(unproven.map(({ says }) => says)).toEqual([]);
});

function expectSources(source: readonly string[] | undefined, subject: string): void {
  expect(source ?? [], subject).not.toEqual([]);
  expect(Object.keys(facts.sources), subject).toEqual(expect.arrayContaining([...(source ?? [])]));
}
