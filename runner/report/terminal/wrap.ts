import { stripVTControlCharacters } from 'node:util';

/**
 * How many columns a text fills; colours fill none, East Asian letters and emoji two each. What is
 * written in parts, as Hangul can be, is drawn as one.
 */
export function columnsOf(text: string): number {
  const bare = stripVTControlCharacters(text);
  if (plain.test(bare)) return bare.length;
  // Loaded when it is first needed: most screens can do without.
  stringWidth ??= (require('fast-string-width') as typeof import('fast-string-width')).default;
  return stringWidth(bare.normalize('NFC'), { tabWidth: 1, wideWidth: 2 });
}

let stringWidth: typeof import('fast-string-width').default | undefined;

/**
 * Breaks a text into lines at spaces; a word longer than a line is cut. A tab is four spaces, since
 * where a terminal's tabs lead depends on the column.
 * @param width columns, with the indents
 * @param indent put before the first line
 * @param hang put before the others; the same as the indent where it is left out
 */
export function wrap(text: string, width: number, indent = '', hang = indent): string[] {
  return withoutTabs(text)
    .split('\n')
    .flatMap((line, index) => {
      const first = index === 0 ? indent : hang;
      return wrapLine(line, width, first, hang);
    });
}

/** Cuts a text that fills more than so many columns, and says so with the ellipsis. */
export function cut(text: string, width: number, ellipsis = '…'): string {
  const even = withoutTabs(text);
  if (columnsOf(even) <= width) return even;
  const sign = ellipsis.slice(0, Math.max(0, width));
  return take(even, width - columnsOf(sign)) + sign;
}

/** Fills a text up to so many columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** A text whose tabs are of one width wherever they stand. */
function withoutTabs(text: string): string {
  return text.replaceAll('\t', '    ');
}

/** Letters, punctuation, arrows, lines and marks of one column each: all that most screens hold. */
const plain = /^[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u257f✓✗❯]*$/;

/** No line of a terminal holds so many characters for each of its columns. */
const farTooLong = 40;

function wrapLine(line: string, width: number, indent: string, farther: string): string[] {
  const lines: string[] = [];
  let current = narrowed(indent, width);
  const hang = narrowed(farther, width);
  let empty = true;
  for (const word of line.split(' ')) {
    const joined = empty ? current + word : `${current} ${word}`;
    if (joined.length <= farTooLong * width && columnsOf(joined) <= width) {
      current = joined;
      empty = false;
      continue;
    }
    // A mark or a label stands alone where nothing fits beside it, and below it something does.
    const marks = empty && current.trim() !== '' && columnsOf(hang + word) <= width;
    if (marks) lines.push(current.trimEnd());
    if (marks) empty = false;
    else if (!empty) lines.push(current);
    let lead = empty ? current : hang;
    let rest = word;
    // Of a word of a megabyte only the beginning matters for the next line.
    while (rest.length > farTooLong * width || columnsOf(lead + rest) > width) {
      const room = Math.max(width, columnsOf(lead) + 2);
      const head = take(lead + rest.slice(0, farTooLong * width), room);
      lines.push(head);
      rest = rest.slice(Math.max(1, head.length - lead.length));
      lead = hang;
    }
    current = lead + rest;
    empty = false;
  }
  lines.push(current);
  return lines;
}

/** Blanks before a line that leave at least half of it to the text. */
function narrowed(indent: string, width: number): string {
  return indent.trim() === '' ? indent.slice(0, Math.max(0, Math.floor(width / 2))) : indent;
}

/** The beginning of a text, colours kept, as many columns as fit. */
function take(text: string, width: number): string {
  let taken = '';
  let columns = 0;
  for (const piece of text.match(pieces) ?? []) {
    const wider = columnsOf(piece);
    if (columns + wider > width) break;
    taken += piece;
    columns += wider;
  }
  return taken;
}

/** A colour sequence, or one letter with what is written above, below or into it. */
const pieces = /\x1b\[[0-9;]*m|\P{M}[\p{M}\u1160-\u11ff]*/gu;
