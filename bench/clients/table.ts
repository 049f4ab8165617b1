/** A row of a table: what it is about, and a word on it for each column. */
export type Line = readonly [title: string, ...cells: string[]];

/** A table in Markdown, whose columns stand under each other. */
export function markdownTable(head: Line, lines: readonly Line[]): string {
  const rows = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const rule = widths.map((width, column) =>
    column === 0 ? `:${'-'.repeat(width - 1)}` : `:${'-'.repeat(width - 2)}:`,
  );
  return [head, rule, ...lines]
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}
