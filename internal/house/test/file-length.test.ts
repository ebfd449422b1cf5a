import { expect, test } from 'vitest';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

/** Generated files are not among these: git ignores their folders. */
const sources = repositoryFiles('*.ts', '*.tsx', '*.mjs', '*.js');

test('no source file has more than 250 lines', () => {
  const long = sources.filter((path) => readRepositoryFile(path).trimEnd().split('\n').length > 250);
  expect(long).toEqual([]);
});
