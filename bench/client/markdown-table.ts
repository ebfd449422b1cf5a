/** A table as Markdown shows it and a terminal still reads it. Columns of figures stand to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((title, at) => {
    const cells = rows.map((row) => row[at] ?? '');
    const width = Math.max(3, ...[title, ...cells].map((cell) => cell.length));
    return { width, figures: cells.every((cell) => /^\d/.test(cell)) };
  });
  const line = (row: readonly string[]) =>
    `| ${columns.map(({ width, figures }, at) => (figures ? (row[at] ?? '').padStart(width) : (row[at] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = columns.map(
    ({ width, figures }) => '-'.repeat(figures ? width - 1 : width) + (figures ? ':' : ''),
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
