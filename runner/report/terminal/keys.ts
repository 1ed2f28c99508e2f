import type { Screen } from './screen';
import { columnsOf, pad } from './wrap';

/** A key to press or a command to type, and what it does. */
export interface KeyHint {
  key: string;
  does: string;
}

/** The keys in one line, or as many as they need; two columns where they are long commands. */
export function keyLine(keys: readonly KeyHint[], screen: Screen, indent = '  '): string[] {
  if (keys.some(({ key }) => key.includes(' '))) return commandTable(keys, screen, indent);
  const lines: string[] = [];
  let line = '';
  for (const { key, does } of keys) {
    const shown = `${screen.paint('bold', key)} ${does}`;
    const joined = line ? `${line}   ${shown}` : `${indent}${shown}`;
    if (line && columnsOf(joined) > screen.width) {
      lines.push(line);
      line = `${indent}${shown}`;
    } else line = joined;
  }
  return line ? [...lines, line] : lines;
}

function commandTable(keys: readonly KeyHint[], screen: Screen, indent: string): string[] {
  const longest = Math.max(...keys.map(({ key }) => columnsOf(key)));
  const narrow = longest + 26 > screen.width;
  return keys.flatMap(({ key, does }) =>
    narrow
      ? [`${indent}${does}:`, `${indent}  ${screen.paint('bold', key)}`]
      : [`${indent}${screen.paint('bold', pad(key, longest))}  ${does}`],
  );
}
