import { diffArrays } from 'diff';
import { sanitize } from './invisible';
import type { Screen } from './screen';
import { cut, pad, wrap } from './wrap';

/** Two versions of a file, and what they are called. */
export interface Versions {
  mine: { name: string; text: string };
  other: { name: string; text: string };
}

/**
 * Two versions side by side, their equal lines next to each other; in a narrow terminal one below
 * the other, with < for the lines of the first alone and > for those of the second.
 */
export function beside({ mine, other }: Versions, screen: Screen): string[] {
  const rows = pair(lines(mine.text), lines(other.text));
  return screen.columns < narrowest || screen.plain
    ? below(rows, mine.name, other.name, screen)
    : columns(rows, mine.name, other.name, screen);
}

/** Columns below which two do not fit beside each other. */
const narrowest = 76;

/** Wider than this, the eye does not find from one side to the other. */
const widestSide = 90;

/** A line of either version, or of both; undefined where one has none. */
interface Row {
  left?: string;
  right?: string;
  same: boolean;
}

function pair(mine: string[], other: string[]): Row[] {
  const rows: Row[] = [];
  let alone: string[] = [];
  const flush = (right: string[]) => {
    for (let at = 0; at < Math.max(alone.length, right.length); at++) {
      rows.push({ left: alone[at], right: right[at], same: false });
    }
    alone = [];
  };
  for (const { value, added, removed } of diffArrays(mine, other)) {
    if (removed) alone = value;
    else if (added) flush(value);
    else {
      flush([]);
      rows.push(...value.map((text) => ({ left: text, right: text, same: true })));
    }
  }
  flush([]);
  return rows;
}

function columns(rows: readonly Row[], mine: string, other: string, screen: Screen): string[] {
  const { paint, glyphs } = screen;
  const side = Math.min(widestSide, Math.floor((screen.columns - 5) / 2));
  const bar = ` ${paint('dim', glyphs.output)} `;
  // Told by a sign too: not everybody sees colours, and not every terminal has them.
  const barOf = ({ left, right, same }: Row) => {
    if (same) return bar;
    if (left === undefined) return ' > ';
    return right === undefined ? ' < ' : ` ${glyphs.unlike} `;
  };
  const head = `  ${pad(paint('bold', cut(mine, side, glyphs.ellipsis)), side)}${bar}${paint('bold', cut(other, side, glyphs.ellipsis))}`;
  const drawn = rows.flatMap((row) => {
    const { left, right, same } = row;
    const between = barOf(row);
    const [one, two] = [cell(left, side, screen), cell(right, side, screen)];
    return Array.from({ length: Math.max(one.length, two.length) }, (_, at) => {
      const [first, second] = [pad(one[at] ?? '', side), two[at] ?? ''];
      return same
        ? `  ${first}${between}${second}`
        : `  ${paint('yellow', first)}${between}${paint('green', second)}`;
    });
  });
  return [head, '', ...drawn].map((row) => row.trimEnd());
}

function below(rows: readonly Row[], mine: string, other: string, screen: Screen): string[] {
  const { paint, width } = screen;
  const drawn: string[] = [];
  let waiting: string[] = [];
  const line = (sign: string, text: string) =>
    cell(text, width - 4, screen).map((part, at) => `  ${at === 0 ? sign : ' '} ${part}`.trimEnd());
  for (const { left, right, same } of rows) {
    if (same) {
      drawn.push(...waiting, ...line(' ', left ?? ''));
      waiting = [];
      continue;
    }
    if (left !== undefined) drawn.push(...line('<', left).map((text) => paint('yellow', text)));
    if (right !== undefined) waiting.push(...line('>', right).map((text) => paint('green', text)));
  }
  return [
    ...wrap(`< ${paint('bold', mine)}`, width, '  '),
    ...wrap(`> ${paint('bold', other)}`, width, '  '),
    '',
    ...drawn,
    ...waiting,
  ];
}

/** A line of code in a narrow column: broken with its own indent, a little deeper. */
function cell(text: string | undefined, width: number, { glyphs }: Screen): string[] {
  if (text === undefined) return [];
  const code = sanitize(text.replaceAll('\t', '  '), glyphs);
  const indent = /^ */.exec(code)?.[0] ?? '';
  const hang = ' '.repeat(Math.min(indent.length + 4, Math.floor(width / 2)));
  return wrap(code.trimStart(), width, indent.slice(0, Math.floor(width / 2)), hang);
}

function lines(text: string): string[] {
  return text.replaceAll('\r\n', '\n').trimEnd().split('\n');
}
