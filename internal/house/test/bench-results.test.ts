import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { tablesOf } from '../../../bench/measure/tables-of.ts';
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

test('bench/package.json pins the version of every dependency exactly', () => {
  const { devDependencies } = JSON.parse(readRepositoryFile('bench/package.json')) as {
    devDependencies: Record<string, string>;
  };
  const ranges = Object.entries(devDependencies).filter(([, version]) => !/^\d[\w.-]*$/.test(version));
  expect(ranges).toEqual([]);
});
