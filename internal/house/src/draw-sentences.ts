import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { seededRandom, shuffle } from '@partner-ecosystem/testing/seeded-random';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

// `npm run sentences -w @partner-ecosystem/house -- [--count N] [--seed S]`: draws sentences of each Markdown file and TSDoc
// comments, for a reader who does not know the code. We rewrite each sentence that this reader must read twice.
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
  },
});
const random = seededRandom(Number(values.seed));

console.log(`seed ${values.seed}`);
for (const path of repositoryFiles('*.md', ':!.changeset')) {
  print(path, draw(sentencesOf(readRepositoryFile(path))));
}
const documented = repositoryFiles('packages/*/src/**.ts', 'openapi/runtime/*.ts');
const comments = documented.flatMap((path) =>
  commentsOf(readRepositoryFile(path)).map((comment) => `${path}: ${comment}`),
);
print('TSDoc', draw(comments));

function print(title: string, lines: readonly string[]): void {
  console.log(`\n## ${title}`);
  for (const line of lines) console.log(`- ${line}`);
}

function draw(all: readonly string[]): readonly string[] {
  return shuffle(all, random).slice(0, Number(values.count));
}

/** Sentences of the paragraphs, lists and table cells. Headings and code blocks are left out. */
function sentencesOf(markdown: string): readonly string[] {
  const prose = markdown
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .replaceAll(/^#.*$/gm, '')
    .replaceAll(/\]\([^)]*\)/g, ']');
  const blocks = prose
    .split(/\n\s*\n|^\s*[-*] |^\d+\. |\|/m)
    .map((block) => block.replaceAll(/\s+/g, ' ').trim());
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  return blocks
    .flatMap((block) => [...segmenter.segment(block)].map(({ segment }) => segment.trim()))
    .filter((sentence) => sentence.split(' ').length > 3);
}

function commentsOf(source: string): readonly string[] {
  return [...source.matchAll(/\/\*\*([\s\S]*?)\*\//g)].map(([, text = '']) =>
    text.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim(),
  );
}
