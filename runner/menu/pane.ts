import type { Console } from '../commands/session';
import { type KeyHint, keyLine } from '../report/terminal/keys';
import { columnsOf, cut, wrap } from '../report/terminal/wrap';

/** A screen full of text: as much of it as fits, and the keys below. */
export interface Pane {
  lines: readonly string[];
  /** The first line shown, from 0; one that is too far is moved back. */
  top: number;
  keys: readonly KeyHint[];
  /** Lines to leave free at the foot, for what turns there. */
  free?: number;
}

/** What came of drawing it. */
export interface Drawn {
  top: number;
  /** Lines that fit. */
  room: number;
  /** The last place to scroll to; 0 where all of it is on the screen. */
  last: number;
}

/** Lines of text that the keys leave on a screen, however small it is. */
const leastRoom = 3;

/** Draws a screen full of text anew; nothing is left of what was there. */
export function drawPane(console: Console, { lines: given, top, keys, free = 0 }: Pane): Drawn {
  const { output } = console.streams;
  const { screen } = console;
  const { columns } = screen;
  const fitted = (line: string) => (columnsOf(line) > columns ? wrap(line, columns) : [line]);
  const lines = given.flatMap((line) => screen.spell(line).split('\n').flatMap(fitted));
  const height = (output.rows || 24) - free - 1;
  // The likeliest keys stand first; the others work all the same.
  const foot = keyLine(keys, screen)
    .flatMap(fitted)
    .slice(0, Math.max(1, height - leastRoom));
  const room = Math.max(1, height - foot.length);
  const last = Math.max(0, lines.length - room);
  const from = Math.max(0, Math.min(top, last));
  const shown = lines.slice(from, from + room);
  const place = `  ${screen.glyphs.clipped} ${from + shown.length} of ${lines.length} lines, Space goes on`;
  const marker = from < last ? cut(place, columns, screen.glyphs.ellipsis) : '';
  // Line by line over the old picture, which would flicker if it were wiped first.
  const rows = [...shown, marker, ...foot].map((line) => `${line}\x1b[K`);
  const drawn = rows.join('\r\n');
  output.write(`\x1b[H${screen.spell(drawn)}\r\n\x1b[J`);
  return { top: from, room, last };
}

/** How far a key moves in a text with so much room; undefined for any other key. */
export function stepOf(key: string, room: number): number | undefined {
  const far = Number.MAX_SAFE_INTEGER;
  const steps: Record<string, number> = {
    down: 1,
    up: -1,
    space: room - 1,
    pagedown: room - 1,
    pageup: 1 - room,
    home: -far,
    end: far,
  };
  return Object.hasOwn(steps, key) ? steps[key] : undefined;
}
