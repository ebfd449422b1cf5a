import { expect, test } from 'vitest';
import { findProblems } from '../src/find-problems.ts';
import { publishedPackages } from '../src/published-packages.ts';

test('a missing licence, a missing entry, a source and a large tarball are problems', () => {
  const [published] = publishedPackages.filter(({ folder }) => folder === 'packages/client');
  if (published === undefined) throw new Error('There is no client.');
  const files = ['README.md', 'package.json', 'dist/index.js', 'src/index.ts'];
  const problems = findProblems(published, { path: 'client.tgz', bytes: 60_001, files });
  expect(problems).toEqual(
    expect.arrayContaining([
      'The tarball has 60001 bytes, more than 60000.',
      'LICENSE is missing.',
      'No file for dist/index.d.ts is packed.',
      'src/index.ts is packed, but nobody uses it.',
    ]),
  );
});
