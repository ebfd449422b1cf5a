/**
 * Takes a table out of a section of a Markdown file, so that a page does not repeat the table. Links become plain text,
 * because their targets belong to the file.
 *
 * @param index - Which table of the section, from 0.
 * @throws Error if the file has no such section, or the section has no such table.
 */
export function quoteTable(markdown: string, heading: string, index = 0): string {
  const tables = sectionOf(markdown, heading).match(/^\|.*(\n\|.*)*/gm) ?? [];
  const table = tables[index];
  if (table === undefined) throw new Error(`the section "${heading}" has no table number ${index}.`);
  return table.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}

/** The text below a heading, up to the next heading of any level. */
function sectionOf(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => /^#+ (.*)$/.exec(line)?.[1] === heading);
  if (start < 0) throw new Error(`there is no section "${heading}".`);
  const length = lines.slice(start + 1).findIndex((line) => /^#+ /.test(line));
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n');
}
