import { readWrittenPages } from '../../src/markdown/read-written-pages.ts';

/** A code block of a page that is written by hand. */
export interface CodeBlock {
  readonly slug: string;
  readonly language: string;
  /** What follows the language, such as `region="examples/…"`. */
  readonly settings: string;
  readonly code: string;
}

const pages = await readWrittenPages();

/** Every code block of every written page. */
export const codeBlocks: readonly CodeBlock[] = pages.flatMap(({ slug, body }) =>
  [...body.matchAll(/^ *```(\w+) ?(.*)\n([\s\S]*?)^ *```$/gm)].map(
    ([, language = '', settings = '', code = '']) => ({ slug, language, settings, code }),
  ),
);
