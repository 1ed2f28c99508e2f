import { differences, pieces, type Row, windowStart } from '../difference';
import { legend, sanitize, visible, withoutHiddenEnd } from './invisible';
import type { Screen } from './screen';
import { columnsOf, cut, wrap } from './wrap';

/**
 * Expected and seen as one text: what is missing with −, what is too much with +, the letters
 * that differ marked, and an arrow under the first of them.
 * @param indent put before every line
 */
export function comparison(
  expected: string,
  seen: string,
  screen: Screen,
  indent = '  ',
): string[] {
  const names = `${screen.paint('green', '- expected')}   ${screen.paint('red', '+ seen')}`;
  const head = wrap(names, screen.width, indent);
  let arrow = true;
  const drawn = differences(expected, seen).flatMap((row) => {
    const text = draw(row, screen, indent, arrow);
    if (row.kind === 'changed') arrow = false;
    return text;
  });
  if (seen === '') return [...head, ...drawn, `${indent}+ (nothing)`];
  const signs = legend(drawn.join('\n'), screen.glyphs);
  return [...head, ...drawn, ...(signs ? wrap(`(${signs})`, screen.width, indent) : [])];
}

function draw(row: Row, screen: Screen, indent: string, arrow: boolean): string[] {
  const { glyphs, paint, width } = screen;
  if (row.kind === 'skipped') {
    const more = row.count === 1 ? 'one more line' : `${row.count} more lines`;
    return [`${indent}${paint('dim', `${glyphs.clipped} ${more}`)}`];
  }
  if (row.kind === 'changed') return drawChanged(row.lost, row.extra, screen, indent, arrow);
  const sign = { same: ' ', lost: '-', extra: '+' }[row.kind];
  const style = ({ same: 'dim', lost: 'green', extra: 'red' } as const)[row.kind];
  const text = withoutHiddenEnd(row.text, glyphs) || (row.kind === 'same' ? '' : '(an empty line)');
  return wrap(text, width, `${indent}${sign} `, `${indent}  `).map((line) => paint(style, line));
}

function drawChanged(
  lost: string,
  extra: string,
  screen: Screen,
  indent: string,
  arrow: boolean,
): string[] {
  const { glyphs, paint } = screen;
  const room = Math.max(2, screen.width - indent.length - 2);
  const from = windowStart(lost, extra, room, (text) => widthOf(text, room));
  const one = marked(lost.slice(from), extra.slice(from), 'lost', screen, room, from > 0);
  const other = marked(lost.slice(from), extra.slice(from), 'extra', screen, room, from > 0);
  const drawn = [
    `${indent}${paint('green', '-')} ${one.text}`,
    `${indent}${paint('red', '+')} ${other.text}`,
  ];
  if (arrow) drawn.push(`${indent}  ${' '.repeat(other.first)}${paint('red', glyphs.caret)}`);
  return drawn;
}

/** Columns of a line; of one that is far too long it is enough to know that. */
function widthOf(text: string, room: number): number {
  return text.length > room * 4 ? text.length : columnsOf(text);
}

function marked(
  lost: string,
  extra: string,
  mine: 'lost' | 'extra',
  { glyphs, paint }: Screen,
  room: number,
  clippedBefore: boolean,
): { text: string; first: number } {
  const style = mine === 'lost' ? 'green' : 'red';
  let text = clippedBefore ? glyphs.ellipsis : '';
  let used = columnsOf(text);
  let first: number | undefined;
  for (const part of pieces(lost, extra)) {
    const both = part.whose === 'both';
    if (!both) first ??= used;
    if ((!both && part.whose !== mine) || used >= room) continue;
    const whole = both ? sanitize(part.text, glyphs) : visible(part.text, glyphs);
    const shown = cut(whole, room - used, glyphs.ellipsis);
    text += paint(both ? style : [style, 'underline'], shown);
    used += columnsOf(shown);
  }
  return { text, first: Math.min(first ?? 0, room - 1) };
}
