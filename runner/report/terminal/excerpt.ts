import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sanitize } from './invisible';
import type { Screen } from './screen';
import { cut, wrap } from './wrap';

/**
 * The place in the learner's file: its name and line, and the source around it.
 * @param line 1-based
 * @returns nothing where the file cannot be read or has no such line
 */
export function excerpt(file: string, line: number, screen: Screen): string[] {
  const source = sourceLines(file);
  if (line < 1 || line > source.length) return [];
  const { glyphs, paint, width } = screen;
  const first = Math.max(1, line - 1);
  const last = Math.min(source.length, line + 1);
  const digits = String(last).length;
  const quoted = source.slice(first - 1, last).flatMap((text, index) => {
    const number = first + index;
    const label = `${number === line ? glyphs.here : ' '} ${String(number).padStart(digits)} `;
    const room = width - 3 - label.length;
    const code = sanitize(text.replaceAll('\t', '  '), glyphs);
    if (number === line) {
      // The line in question is shown whole, as far as a line of code may be.
      const whole = cut(code, mostRows * room, glyphs.ellipsis);
      const indent = code.length - code.trimStart().length;
      const hang = ' '.repeat(3 + label.length + Math.min(indent, 8) + 2);
      return wrap(whole, width, `  ${paint('yellow', label)} `, hang);
    }
    return `  ${paint('dim', label)} ${paint('dim', cut(code, room, glyphs.ellipsis))}`;
  });
  return [`  ${screen.link(`${path.basename(file)}:${line}`, file)}`, ...quoted];
}

/** A line of code longer than so many rows is cut. */
const mostRows = 4;

function sourceLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
