/**
 * Reads CSV as spreadsheets write it: quotes around a field and doubled inside one, lines that end with
 * LF or CRLF, a byte order mark, and commas, semicolons or tabs between fields, whichever the first line
 * has most of.
 * Form: https://www.rfc-editor.org/rfc/rfc4180
 * @returns rows of fields; lines with nothing in them are left out
 */
export function readCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const between = delimiterOf(source);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= source.length) {
    const { field, end } = fieldAt(source, at, between);
    row.push(field);
    const next = source[end];
    at = end + 1;
    if (next === between) continue;
    if (next === '\r' && source[end + 1] === '\n') at += 1;
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
  }
  return rows;
}

/**
 * Writes CSV that a spreadsheet opens without running anything: a field that would be a formula there
 * begins with an apostrophe. Letters of all kinds are kept.
 * Attack: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

function fieldAt(source: string, start: number, between: string): { field: string; end: number } {
  if (source[start] !== '"') {
    let end = start;
    while (end < source.length && !isEnd(source[end], between)) end += 1;
    return { field: source.slice(start, end).trim(), end };
  }
  let field = '';
  let at = start + 1;
  for (;;) {
    const quote = source.indexOf('"', at);
    if (quote < 0) return { field: field + source.slice(at), end: source.length };
    field += source.slice(at, quote);
    if (source[quote + 1] !== '"') {
      at = quote + 1;
      break;
    }
    field += '"';
    at = quote + 2;
  }
  // What stands between the quote and the end of the field is not asked for, and is kept.
  let end = at;
  while (end < source.length && !isEnd(source[end], between)) end += 1;
  return { field: field + source.slice(at, end).trimEnd(), end };
}

function isEnd(letter: string | undefined, between: string): boolean {
  return letter === between || letter === '\n' || letter === '\r';
}

function delimiterOf(source: string): string {
  const [first = ''] = source.split(/\r?\n/, 1);
  const counted = [',', ';', '\t'].map((one) => ({ one, count: first.split(one).length }));
  return counted.sort((a, b) => b.count - a.count)[0]?.one ?? ',';
}

function written(value: string | number): string {
  if (typeof value === 'number') return String(value);
  // A zero byte ends a field in some readers; a lone surrogate is no text.
  const text = value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');
  const safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Blanks before it are passed over by some spreadsheets, and full-width signs count as the plain ones. */
function isFormula(text: string): boolean {
  return /^[\s\uFEFF\u200B]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) || /^[\t\r\n]/.test(text);
}
