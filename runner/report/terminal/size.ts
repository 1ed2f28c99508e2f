/** What is taken for the size of a terminal that reports none, as `script` and some containers lend, and of a pipe. */
export const usual = { columns: 80, rows: 24 };

/** Has a terminal that says it has no columns taken for one of the usual size: what draws there divides by them. */
export function assumeSize(stream: NodeJS.WriteStream): void {
  if (!stream.isTTY) return;
  stream.columns ||= usual.columns;
  stream.rows ||= usual.rows;
}
