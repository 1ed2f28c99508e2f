/**
 * Reads CSV as RFC 4180 has it and in no other way: commas, CRLF, quotes around what has any of them.
 * It shares nothing with what writes CSV.
 * @throws Error for what is not of that form
 */
export function strictCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text;
  while (rest !== '') {
    const field = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (!field) throw new Error(`Not a field of RFC 4180: ${JSON.stringify(rest.slice(0, 40))}`);
    const [whole, quoted, bare = '', end] = field;
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    rest = rest.slice(whole.length);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error('The last row does not end');
  return rows;
}
