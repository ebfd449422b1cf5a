import { expect, test } from 'vitest';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';
import { fileGraph, findCircle, folderGraph } from './import-graph.ts';

const files = fileGraph(repositoryFiles('*.ts', '*.tsx'), readRepositoryFile);

test('no file imports itself by way of others', () => {
  expect(findCircle(files)).toBeUndefined();
});

test('no folder imports itself by way of others', () => {
  expect(findCircle(folderGraph(files))).toBeUndefined();
});

test('findCircle finds a circle of imports, and names its folders', () => {
  const sources: Record<string, string> = {
    'a/one.ts': "import type { Two } from '../b/two.ts';",
    'b/two.ts': "export { three } from './three.ts';",
    'b/three.ts': "const lazy = () => import('../a/four.ts');",
    'a/four.ts': '',
  };
  const graph = fileGraph(Object.keys(sources), (path) => sources[path] ?? '');
  expect(findCircle(graph)).toBeUndefined();
  expect(findCircle(folderGraph(graph))).toBe('a → b → a');
});

test('a test with a random seed is in proofs, where check:repeat runs it', () => {
  const seeded = repositoryFiles('*.test.ts').filter((path) =>
    /testing\/(test-seed|seeded-random)'/.test(readRepositoryFile(path)),
  );
  expect(seeded.filter((path) => path.startsWith('proofs/'))).not.toEqual([]);
  expect(seeded.filter((path) => !path.startsWith('proofs/'))).toEqual([]);
});

/** What a package may import of the other workspaces, apart from what only tests and builds need. */
const allowed: Record<string, readonly string[]> = {
  openapi: [],
  'packages/client': ['openapi'],
  'packages/mocks': ['openapi'],
  'packages/callback-server': ['client', 'openapi'],
};

test.each(Object.entries(allowed))('%s depends only on %j', (folder, names) => {
  const { dependencies = {} } = JSON.parse(readRepositoryFile(`${folder}/package.json`)) as {
    dependencies?: Record<string, string>;
  };
  const own = Object.keys(dependencies).filter((name) => name.startsWith('@partner-ecosystem/'));
  expect(own).toEqual(names.map((name) => `@partner-ecosystem/${name}`));
});

test.each(Object.keys(allowed))('%s imports no file of another workspace', (folder) => {
  const foreign = [...files]
    .filter(([path]) => path.startsWith(`${folder}/`) && !/[/]test[/]|vitest[.]config[.]ts$/.test(path))
    .flatMap(([path, imports]) =>
      [...imports].filter((to) => !to.startsWith(`${folder}/`)).map((to) => [path, to]),
    );
  expect(foreign).toEqual([]);
});

test.each(['packages/client', 'packages/contract', 'packages/mocks', 'packages/callback-server'])(
  'the src root of %s holds at most 8 files',
  (folder) => {
    const rootFiles = repositoryFiles(`${folder}/src/*.ts`).filter((path) => path.split('/').length === 4);
    expect(rootFiles.length).toBeLessThanOrEqual(8);
  },
);
