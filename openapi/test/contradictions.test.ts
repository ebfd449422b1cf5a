import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readFacts } from '../rules/facts.ts';

const root = new URL('../', import.meta.url);
const rows = readFileSync(new URL('CONTRADICTIONS.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

test('contradictions are numbered from 1 without a gap', () => {
  expect(rows).not.toEqual([]);
  expect(rows.map(([number]) => Number(number))).toEqual(rows.map((_, index) => index + 1));
});

test('each contradiction has a decision, a reason, sources, and the file that follows the decision', () => {
  const known = Object.keys(readFacts('facts.yaml').sources);
  for (const [number, , , decision, reason, place = '', sources = ''] of rows) {
    expect([decision, reason], number).not.toContain('');
    expect(known, number).toEqual(expect.arrayContaining(sources.split(', ')));
    const file = /^`(.+)`$/.exec(place)?.[1];
    if (file) expect(existsSync(new URL(file, root)), file).toBe(true);
    else expect(place, number).toBe('—');
  }
});
