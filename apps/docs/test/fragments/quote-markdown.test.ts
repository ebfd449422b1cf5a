import { expect, test } from 'vitest';
import { quoteMarkdown } from '../../src/fragments/quote-markdown.ts';

const markdown = `# Package

## Options

| option | meaning |
| --- | --- |
| \`retry\` | see [Retries](#retries) |

Text.

| second | table |
| --- | --- |

\`\`\`sql
GRANT USAGE;
\`\`\`

## Retries

| row |
| --- |
`;
const quote = { path: 'README.md', heading: 'Options' };

test('a link leads to the page for its anchor', () => {
  expect(quoteMarkdown(markdown, quote, { retries: '/client/#retries' })).toContain(
    'see [Retries](/client/#retries) |',
  );
});

test('a link without a page becomes plain text', () => {
  expect(quoteMarkdown(markdown, quote)).toBe(
    '| option | meaning |\n| --- | --- |\n| `retry` | see Retries |',
  );
});

test('a section with several tables is quoted by number', () => {
  expect(quoteMarkdown(markdown, { ...quote, index: 1 })).toBe('| second | table |\n| --- | --- |');
});

test('a code block is quoted with its marks', () => {
  expect(quoteMarkdown(markdown, { ...quote, kind: 'code' })).toBe('```sql\nGRANT USAGE;\n```');
});

test.each([
  [{ ...quote, heading: 'None' }, 'no section "None"'],
  [{ ...quote, index: 2 }, 'the section "Options" has no table number 2'],
  [{ ...quote, heading: 'Retries', kind: 'code' } as const, 'no code number 0'],
])('a quote that the file does not have fails: %j', (missing, cause) => {
  expect(() => quoteMarkdown(markdown, missing)).toThrow(cause);
});
