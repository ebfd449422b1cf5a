import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

const sources = repositoryFiles(
  'packages/*/test/*.ts',
  'packages/*/test/*.cjs',
  'examples/*.ts',
  'examples/*.js',
  'examples/*.yaml',
)
  .concat(repositoryFiles('internal/*/test/*.ts', 'internal/tarballs/consumers/*.js'))
  .map((path) => ({ path, text: readRepositoryFile(path) }));
const tests = sources.filter(({ path }) => path.endsWith('.test.ts'));

/** The blocks of TypeScript and YAML that a Markdown file shows. A block inside a longer fence is an example of Markdown. */
function blocksOf(path: string): string[] {
  const text = readRepositoryFile(path).replaceAll(/^````[\s\S]*?^````$/gm, '');
  return [...text.matchAll(/^```(?:ts|yaml)\n([\s\S]*?)^```$/gm)].flatMap(
    ([, block]) => block?.trimEnd() ?? [],
  );
}

const withoutIndent = (text: string) => text.replaceAll(/^ +/gm, '');

/** Whether the whole text of a file, or a region of the text, is the block. */
function holds(text: string, block: string): boolean {
  const regions = [...text.matchAll(/^ *\/\/ #region \S+\n([\s\S]*?)\n *\/\/ #endregion/gm)].map(
    ([, part]) => part ?? '',
  );
  return (
    text.trim() === block.trim() ||
    regions.some((part) => withoutIndent(part).trim() === withoutIndent(block).trim())
  );
}

const shown = repositoryFiles('*README.md').flatMap((path) =>
  blocksOf(path).map((block) => ({ path, block, firstLine: block.split('\n')[0] })),
);

test.each(shown)('a test runs the block of $path: $firstLine', ({ block }) => {
  const files = sources.filter(({ text }) => holds(text, block));
  expect(files.map(({ path }) => path)).not.toEqual([]);
  const isRun = files.some(({ path }) =>
    tests.some((each) => each.path === path || each.text.includes(basename(path))),
  );
  expect(isRun).toBe(true);
});
