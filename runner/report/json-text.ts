/**
 * Data as JSON to read, which may stand in any log: GitHub's runner would obey the text `##[` in the
 * middle of a line.
 */
export function jsonText(data: unknown): string {
  return `${JSON.stringify(data, null, 2).replaceAll('##[', '\\u0023#[')}\n`;
}
