import { diffArrays, diffChars } from 'diff';
import { similar } from '../grading/explain/edit-distance';

/** One row of expected and seen, laid beside each other. */
export type Row =
  | { kind: 'same' | 'lost' | 'extra'; text: string }
  | { kind: 'changed'; lost: string; extra: string }
  | { kind: 'skipped'; count: number };

/** A piece of a changed line, and whose it is. */
export interface Piece {
  whose: 'both' | 'lost' | 'extra';
  text: string;
}

/**
 * Expected and seen, line by line: what both have, what is missing, what is too much, what differs.
 * Two equal lines stay around every difference, and at most forty rows in all.
 */
export function differences(expected: string, seen: string): Row[] {
  const wanted = lines(expected);
  if (seen === '') return shorten(wanted.map((text) => ({ kind: 'lost', text })));
  return shorten(compare(wanted, lines(seen)));
}

/** What two lines share and where they differ, letter by letter. */
export function pieces(lost: string, extra: string): Piece[] {
  return diffChars(lost, extra).map(({ value, added, removed }) => ({
    whose: added ? 'extra' : removed ? 'lost' : 'both',
    text: value,
  }));
}

/**
 * Where to begin with two lines longer than the room: a little before their first difference.
 * @param widthOf how much of the room a text fills
 */
export function windowStart(
  lost: string,
  extra: string,
  room: number,
  widthOf = (text: string) => text.length,
): number {
  if (Math.max(widthOf(lost), widthOf(extra)) <= room) return 0;
  let same = 0;
  while (same < lost.length && lost[same] === extra[same]) same++;
  if (widthOf(lost.slice(0, same)) < room / 2) return 0;
  let from = same;
  while (from > 0 && widthOf(lost.slice(from, same)) < Math.floor(room / 3)) from--;
  // Never in the middle of a letter.
  return /[\udc00-\udfff]/.test(lost[from] ?? '') ? from - 1 : from;
}

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

/** What was changed for what: lines that are alike, in their order; the rest is lost or extra. */
function paired(lost: string[], extra: string[]): Row[] {
  const rows: Row[] = [];
  let [from, to] = [0, 0];
  for (const [one, other] of [...pairs(lost, extra), [lost.length, extra.length] as const]) {
    rows.push(...lost.slice(from, one).map((text): Row => ({ kind: 'lost', text })));
    rows.push(...extra.slice(to, other).map((text): Row => ({ kind: 'extra', text })));
    const [before, after] = [lost[one], extra[other]];
    if (before !== undefined && after !== undefined) {
      rows.push({ kind: 'changed', lost: before, extra: after });
    }
    [from, to] = [one + 1, other + 1];
  }
  return rows;
}

/** The most pairs of lines that are alike, as indices that both rise. */
function pairs(lost: string[], extra: string[]): [number, number][] {
  // One line in the place of one is the same line, however little is left of it.
  if (lost.length === 1 && extra.length === 1) return [[0, 0]];
  // Two blocks of that size are no slip of the pen any more, and would take long to compare.
  if (lost.length * extra.length > mostCompared) return [];
  const alike = lost.map((one) => extra.map((other) => similar(start(one), start(other))));
  const most = Array.from({ length: lost.length + 1 }, () => new Uint16Array(extra.length + 1));
  const count = (i: number, j: number) => most[i]?.[j] ?? 0;
  for (let i = lost.length - 1; i >= 0; i -= 1) {
    for (let j = extra.length - 1; j >= 0; j -= 1) {
      const both = alike[i]?.[j] ? count(i + 1, j + 1) + 1 : 0;
      const row = most[i];
      if (row) row[j] = Math.max(both, count(i + 1, j), count(i, j + 1));
    }
  }
  const found: [number, number][] = [];
  for (let i = 0, j = 0; count(i, j) > 0; ) {
    if (alike[i]?.[j] && count(i, j) === count(i + 1, j + 1) + 1) found.push([i++, j++]);
    else if (count(i + 1, j) === count(i, j)) i += 1;
    else j += 1;
  }
  return found;
}

const mostCompared = 900;

function start(line: string): string {
  return line.slice(0, 200);
}

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

/** Of lines longer than any task asks for, the beginning. */
function lines(text: string): string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.slice(0, longestLine));
}

const longestLine = 1000;
