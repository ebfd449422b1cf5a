import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const rows = readFileSync(new URL('CONTRADICTIONS.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

test('each contradiction is decided, with a reason, and names the file that follows', () => {
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 27 }, (_, at) => at + 1));
  for (const [number, , , decision, reason, where = ''] of rows) {
    expect([decision, reason], number).not.toContain('');
    const file = /^`(.+)`$/.exec(where)?.[1];
    if (file) expect(existsSync(new URL(file, root)), file).toBe(true);
    else expect(where, number).toBe('—');
  }
});
