import { expect, test } from 'vitest';
import { quoteTable } from '../../src/fragments/quote-table.ts';

const markdown = `# Package

## Options

Text.

| option | meaning |
| --- | --- |
| \`retry\` | see [Retries](#retries) |

## Retries

Text.
`;

test('a table is quoted, and its link becomes plain text', () => {
  expect(quoteTable(markdown, 'Options')).toBe(
    '| option | meaning |\n| --- | --- |\n| `retry` | see Retries |',
  );
});

test.each([
  ['None', 'no section "None"'],
  ['Retries', 'the section "Retries" has no table'],
])('a quote of the section %s, which is missing or has no table, fails', (heading, cause) => {
  expect(() => quoteTable(markdown, heading)).toThrow(cause);
});
