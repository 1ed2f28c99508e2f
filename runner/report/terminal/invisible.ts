import { codePointName, spelled } from './ascii-letters';
import type { Glyphs } from './glyphs';

/**
 * Shows what a terminal would obey or hide: control characters, escapes, zero-width and
 * direction-changing letters, and spaces that only look like one; where there is ASCII alone, every
 * letter beyond it. Tabs and common spaces stay.
 * The result is safe to print, whatever a program wrote.
 */
export function sanitize(text: string, glyphs: Glyphs): string {
  const shown = named(text, glyphs);
  return glyphs.beyondAscii ? shown : shown.replace(/[^\x00-\x7f]/gu, codePointName);
}

/**
 * As {@link sanitize}, for a sentence of the workbook's that may hold a program's words: where there
 * is ASCII alone, its quotes and dashes are those of a keyboard.
 */
export function sanitizeProse(text: string, glyphs: Glyphs): string {
  const shown = named(text, glyphs);
  return glyphs.beyondAscii ? shown : spelled(shown);
}

/** As {@link sanitize}, in one row: the ends of lines are shown too, and a tab is four spaces. */
export function sanitizeRow(text: string, glyphs: Glyphs): string {
  const end = isAscii(glyphs) ? '\\n' : '␊';
  return sanitize(text, glyphs).replaceAll('\n', end).replaceAll('\t', '    ');
}

/** As {@link sanitize}, and tabs and common spaces are shown too: for the places that differ. */
export function visible(text: string, glyphs: Glyphs): string {
  const spaces = isAscii(glyphs) ? '_' : '·';
  const tabs = isAscii(glyphs) ? '\\t' : '⇥';
  return sanitize(text, glyphs).replaceAll(' ', spaces).replaceAll('\t', tabs);
}

/** As {@link sanitize}, and spaces at the end of a line are shown. */
export function withoutHiddenEnd(text: string, glyphs: Glyphs): string {
  const end = /[ \t]+$/.exec(text)?.[0] ?? '';
  return sanitize(text.slice(0, text.length - end.length), glyphs) + visible(end, glyphs);
}

/** What the signs of {@link visible} mean, of those that a text has; empty if it has none. */
export function legend(text: string, glyphs: Glyphs): string {
  const signs = isAscii(glyphs)
    ? ([['_', 'a space']] as const)
    : ([
        ['·', 'a space'],
        ['⇥', 'a tab'],
        ['␍', 'a carriage return'],
        ['␛', 'an escape'],
      ] as const);
  const used = signs.filter(([sign]) => text.includes(sign));
  return used.map(([sign, what]) => `${sign} is ${what}`).join(', ');
}

/** Control, format and surrogate letters, spaces that are not the common one, and blank letters. */
const hidden =
  /(?![\t\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}]|\p{Variation_Selector}|[\u115f\u1160\u3164\uffa0]/gu;

function named(text: string, glyphs: Glyphs): string {
  return text.replace(hidden, (letter) => name(letter, glyphs));
}

function name(letter: string, glyphs: Glyphs): string {
  const point = letter.codePointAt(0) ?? 0;
  if (point < 0x20) return isAscii(glyphs) ? escaped(point) : String.fromCodePoint(0x2400 + point);
  if (point === 0x7f) return isAscii(glyphs) ? '\\x7f' : '␡';
  return codePointName(letter);
}

function escaped(point: number): string {
  return point === 13 ? '\\r' : `\\x${point.toString(16).padStart(2, '0')}`;
}

function isAscii(glyphs: Glyphs): boolean {
  return glyphs.next === '->';
}
