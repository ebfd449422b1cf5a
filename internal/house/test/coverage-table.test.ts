import { expect, test } from 'vitest';
import { coverageTable, events, operationIds } from '../src/coverage-table.ts';
import { readRepositoryFile } from '../src/repository.ts';
import { withCoverage } from '../src/with-coverage.ts';

const { table, missing } = coverageTable();

test('every step and every event is proved in each part of the kit', () => {
  expect(operationIds.length).toBeGreaterThan(10);
  expect(events).toEqual(['accept', 'pending', 'reject']);
  expect(missing).toEqual([]);
});

test('the README shows the coverage table: run `npm run coverage -w @partner-ecosystem/house` after a change', () => {
  const readme = readRepositoryFile('README.md');
  expect(withCoverage(readme, table)).toBe(readme);
});
