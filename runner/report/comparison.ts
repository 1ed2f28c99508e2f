import { diffArrays, diffChars } from 'diff';
import { harmless, legend, visible, withoutHiddenEnd } from './invisible';
import type { Screen } from './screen';
import { wrap } from './wrap';

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
  const head = `${indent}${screen.paint('green', '- expected')}   ${screen.paint('red', '+ seen')}`;
  if (seen === '') return [head, ...lost(expected, screen, indent), `${indent}+ (nothing)`];
  const rows = shorten(compare(lines(expected), lines(seen)));
  let arrow = true;
  const drawn = rows.flatMap((row) => {
    const text = draw(row, screen, indent, arrow);
    if (row.kind === 'changed') arrow = false;
    return text;
  });
  const signs = legend(drawn.join('\n'), screen.glyphs);
  return [head, ...drawn, ...(signs ? [`${indent}${screen.paint('dim', `(${signs})`)}`] : [])];
}

type Row =
  | { kind: 'same' | 'lost' | 'extra'; text: string }
  | { kind: 'changed'; lost: string; extra: string }
  | { kind: 'skipped'; count: number };

function compare(expected: string[], seen: string[]): Row[] {
  const rows: Row[] = [];
  let lost: string[] = [];
  for (const { value, added, removed } of diffArrays(expected, seen)) {
    if (removed) {
      lost = value;
      continue;
    }
    const extra = added ? value : [];
    rows.push(...paired(lost, extra));
    lost = [];
    if (!added) rows.push(...value.map((text): Row => ({ kind: 'same', text })));
  }
  return [...rows, ...paired(lost, [])];
}

function paired(lost: string[], extra: string[]): Row[] {
  const rows: Row[] = [];
  for (let i = 0; i < Math.max(lost.length, extra.length); i++) {
    const [one, other] = [lost[i], extra[i]];
    if (one !== undefined && other !== undefined) {
      rows.push({ kind: 'changed', lost: one, extra: other });
    } else if (one !== undefined) rows.push({ kind: 'lost', text: one });
    else if (other !== undefined) rows.push({ kind: 'extra', text: other });
  }
  return rows;
}

/** Keeps two equal lines around every difference, and at most so many rows in all. */
function shorten(rows: Row[]): Row[] {
  const near = rows.map((_, i) => rows.slice(Math.max(0, i - 2), i + 3).some(differs));
  const short: Row[] = [];
  for (const [i, row] of rows.entries()) {
    const last = short.at(-1);
    if (near[i] && short.length < mostRows) short.push(row);
    else if (last?.kind === 'skipped') last.count += 1;
    else short.push({ kind: 'skipped', count: 1 });
  }
  return short;
}

const mostRows = 40;

function differs(row: Row): boolean {
  return row.kind !== 'same';
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
  const room = screen.width - indent.length - 2;
  const from = windowStart(lost, extra, room);
  const one = marked(lost.slice(from), extra.slice(from), 'removed', screen, room, from > 0);
  const other = marked(lost.slice(from), extra.slice(from), 'added', screen, room, from > 0);
  const drawn = [
    `${indent}${paint('green', '-')} ${one.text}`,
    `${indent}${paint('red', '+')} ${other.text}`,
  ];
  if (arrow) drawn.push(`${indent}  ${' '.repeat(other.first)}${paint('red', glyphs.caret)}`);
  return drawn;
}

/** A long line is shown from a little before its first difference on. */
function windowStart(lost: string, extra: string, room: number): number {
  if (Math.max(lost.length, extra.length) <= room) return 0;
  let same = 0;
  while (same < lost.length && lost[same] === extra[same]) same++;
  return same < room / 2 ? 0 : same - Math.floor(room / 3);
}

function marked(
  lost: string,
  extra: string,
  mine: 'removed' | 'added',
  { glyphs, paint }: Screen,
  room: number,
  clippedBefore: boolean,
): { text: string; first: number } {
  const style = mine === 'removed' ? 'green' : 'red';
  let text = clippedBefore ? glyphs.ellipsis : '';
  let used = text.length;
  let first: number | undefined;
  for (const part of diffChars(lost, extra)) {
    if (part.added || part.removed) first ??= used;
    const other = mine === 'removed' ? part.added : part.removed;
    if (other || used >= room) continue;
    const shown = part[mine] ? visible(part.value, glyphs) : harmless(part.value, glyphs);
    const fits =
      used + shown.length > room ? shown.slice(0, room - used - 1) + glyphs.ellipsis : shown;
    text += paint(part[mine] ? [style, 'underline'] : style, fits);
    used += fits.length;
  }
  return { text, first: Math.min(first ?? 0, room - 1) };
}

function lost(expected: string, screen: Screen, indent: string): string[] {
  return shorten(lines(expected).map((text) => ({ kind: 'lost', text }))).flatMap((row) =>
    draw(row, screen, indent, false),
  );
}

function lines(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
