import { readFileSync } from 'node:fs';
import path from 'node:path';
import { harmless } from './invisible';
import type { Screen } from './screen';
import { cut } from './wrap';

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
  const quoted = source.slice(first - 1, last).map((text, index) => {
    const number = first + index;
    const here = number === line;
    const label = `${here ? glyphs.here : ' '} ${String(number).padStart(digits)} `;
    const room = width - 3 - label.length;
    const code = cut(harmless(text.replaceAll('\t', '  '), glyphs), room, glyphs.ellipsis);
    return `  ${here ? paint('yellow', label) : paint('dim', label)} ${here ? code : paint('dim', code)}`;
  });
  return [`  ${screen.link(`${path.basename(file)}:${line}`, file)}`, ...quoted];
}

function sourceLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
