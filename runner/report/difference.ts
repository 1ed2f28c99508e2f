import { diffArrays, diffChars } from 'diff';

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

/** Where to begin with two lines longer than the room: a little before their first difference. */
export function windowStart(lost: string, extra: string, room: number): number {
  if (Math.max(lost.length, extra.length) <= room) return 0;
  let same = 0;
  while (same < lost.length && lost[same] === extra[same]) same++;
  return same < room / 2 ? 0 : same - Math.floor(room / 3);
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
