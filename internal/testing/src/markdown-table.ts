/** Formats a Markdown table that is also readable in a terminal. Columns of numbers are aligned to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((title, at) => {
    const cells = rows.map((row) => row[at] ?? '');
    const width = Math.max(3, ...[title, ...cells].map((cell) => cell.length));
    return { width, isNumeric: cells.every((cell) => /^\d/.test(cell)) };
  });
  const line = (row: readonly string[]) =>
    `| ${columns.map(({ width, isNumeric }, at) => (isNumeric ? (row[at] ?? '').padStart(width) : (row[at] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = columns.map(
    ({ width, isNumeric }) => '-'.repeat(isNumeric ? width - 1 : width) + (isNumeric ? ':' : ''),
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
