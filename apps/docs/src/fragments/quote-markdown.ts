/** A table or a code block of a section of a Markdown file. */
export interface Quote {
  readonly path: string;
  readonly heading: string;
  /** @default 'table' */
  readonly kind?: 'table' | 'code';
  /** Which table or code block below the heading. @default 0 */
  readonly index?: number;
}

const patterns = { table: /^\|.*(\n\|.*)*/gm, code: /^```[\s\S]*?^```/gm };

/**
 * Takes a table or a code block out of a file, so that a page does not repeat it. Links become plain text, because their
 * targets belong to the file.
 *
 * @throws Error if the file has no such section, or the section has no such part.
 */
export function quoteMarkdown(markdown: string, { heading, kind = 'table', index = 0 }: Quote): string {
  const part = sectionOf(markdown, heading).match(patterns[kind])?.[index];
  if (part === undefined) throw new Error(`the section "${heading}" has no ${kind} number ${index}.`);
  return kind === 'table' ? part.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1') : part;
}

/** The text below a heading, up to the next heading. */
function sectionOf(markdown: string, heading: string): string {
  const sections = markdown.split(/^#+ (.*)$/m);
  const at = sections.findIndex((text, index) => index % 2 === 1 && text === heading);
  if (at < 0) throw new Error(`there is no section "${heading}".`);
  return sections[at + 1] ?? '';
}
