import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRepositoryFile, repositoryFiles, root } from '../src/repository.ts';

const architecture = readRepositoryFile('ARCHITECTURE.md');
/** Paths in backticks, such as `openapi/generate`. Names of packages begin with @, and patterns hold a star or a brace. */
const named = [...architecture.matchAll(/`([^`\s@*{]+\/[^`\s*{]*)`/g)].flatMap(([, path]) => path ?? []);
const topFolders = new Set(
  repositoryFiles().flatMap((path) => (path.includes('/') ? [path.slice(0, path.indexOf('/'))] : [])),
);

test.each(named)('%s, which ARCHITECTURE.md names, exists', (path) => {
  expect(existsSync(join(root, path))).toBe(true);
});

test.each([...topFolders].filter((name) => !name.startsWith('.')))(
  'ARCHITECTURE.md names the folder %s',
  (name) => {
    expect(architecture).toMatch(new RegExp(`^${name}/`, 'm'));
  },
);
