/**
 * Takes the first table below a heading out of a Markdown file, so that a page does not repeat the table. A link in the table
 * becomes plain text, because its target is relative to the file.
 *
 * @throws Error if the file has no such section, or the section has no table.
 */
export function quoteTable(markdown: string, heading: string): string {
  const [table] = sectionOf(markdown, heading).match(/^\|.*(\n\|.*)*/m) ?? [];
  if (table === undefined) throw new Error(`the section "${heading}" has no table.`);
  return table.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}

/** The text below a heading, up to the next heading. */
function sectionOf(markdown: string, heading: string): string {
  const sections = markdown.split(/^#+ (.*)$/m);
  const at = sections.findIndex((text, index) => index % 2 === 1 && text === heading);
  if (at < 0) throw new Error(`there is no section "${heading}".`);
  return sections[at + 1] ?? '';
}
