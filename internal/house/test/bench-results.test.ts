import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { type Table, tablesOf } from '../../../bench/measure/tables-of.ts';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

const overview = readRepositoryFile('bench/README.md');
const results = repositoryFiles('bench/results/*.json');

test.each(results)('bench/README.md shows %s, with its date and its machine', (path) => {
  const { name, measuredAt, machine, tables } = JSON.parse(readRepositoryFile(path));
  expect(basename(path, '.json')).toBe(name);
  const [, section = ''] = new RegExp(`<!-- ${name} -->\n([^]*?)<!-- /${name} -->`).exec(overview) ?? [];
  expect(section).toContain(`${measuredAt}: ${machine}.`);
  expect(tablesOf(section)).toEqual(tables);
});

test('the tables of the capacity page show numbers of the results', () => {
  const page = readRepositoryFile('apps/docs/src/content/docs/callback-server/capacity.md');
  const [measured = ''] = page.split('## On paper');
  const shown = tablesOf(measured).flatMap(numbersIn);
  const found = new Set(
    results.flatMap((path) => {
      const { tables } = JSON.parse(readRepositoryFile(path)) as { tables: readonly Table[] };
      return tables.flatMap(numbersIn);
    }),
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((number) => !found.has(number))).toEqual([]);
});

test('bench/package.json pins the version of every dependency exactly', () => {
  const { devDependencies } = JSON.parse(readRepositoryFile('bench/package.json')) as {
    devDependencies: Record<string, string>;
  };
  const ranges = Object.entries(devDependencies).filter(([, version]) => !/^\d[\w.-]*$/.test(version));
  expect(ranges).toEqual([]);
});

/** Numbers from 100 up. A smaller number stands in some result by chance. */
function numbersIn({ rows }: Table): readonly string[] {
  const text = rows.flat().join(' ').replaceAll(',', '');
  const numbers = text.match(/\d+/g) ?? [];
  return numbers.filter((number) => number.length > 2);
}
