/** A table or a code block of a section of a Markdown file. */
export interface Quote {
  readonly path: string;
  readonly heading: string;
  /** @default 'table' */
  readonly kind?: 'table' | 'code';
  /** Which table or code block below the heading. @default 0 */
  readonly index?: number;
}

/** Pages of the site that say what a section of the file says, by the section's anchor. */
export type Targets = Readonly<Record<string, string>>;

const patterns = { table: /^\|.*(\n\|.*)*/gm, code: /^```[\s\S]*?^```/gm };

/**
 * Takes a table or a code block out of a file, so that a page does not repeat it. A link in a table leads to the
 * page for its anchor, or becomes plain text.
 *
 * @throws Error if the file has no such section, or the section has no such part.
 */
export function quoteMarkdown(
  markdown: string,
  { heading, kind = 'table', index = 0 }: Quote,
  targets: Targets = {},
): string {
  const part = sectionOf(markdown, heading).match(patterns[kind])?.[index];
  if (part === undefined) throw new Error(`the section "${heading}" has no ${kind} number ${index}.`);
  if (kind === 'code') return part;
  return part.replaceAll(/\[([^\]]+)\]\(#?([^)]+)\)/g, (_, text: string, anchor: string) => {
    const target = targets[anchor];
    return target === undefined ? text : `[${text}](${target})`;
  });
}

/** The text below a heading, up to the next heading. */
function sectionOf(markdown: string, heading: string): string {
  const sections = markdown.split(/^#+ (.*)$/m);
  const at = sections.findIndex((text, index) => index % 2 === 1 && text === heading);
  if (at < 0) throw new Error(`there is no section "${heading}".`);
  return sections[at + 1] ?? '';
}
