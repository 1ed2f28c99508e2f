import { spelled } from './ascii-letters';
import { columnsOf, wrap } from './wrap';

/**
 * A text for a terminal that knows ASCII alone: straight quotes, signs in the letters of a keyboard,
 * and of any other letter its number, as `<U+00E9>`. A line that grows too wide by it is broken.
 * @param width columns of the terminal
 */
export function inAscii(text: string, width = Number.POSITIVE_INFINITY): string {
  if (!beyondAscii.test(text)) return text;
  return text
    .split('\n')
    .flatMap((line) => broken(spelled(line), columnsOf(line), width))
    .join('\n');
}

const beyondAscii = /[^\x00-\x7f]/;

/** One that was too wide before stays one line: it is not ours to break. */
function broken(line: string, before: number, width: number): string[] {
  if (columnsOf(line) <= width || before > width) return [line];
  const indent = /^ */.exec(line)?.[0] ?? '';
  return wrap(line.trimStart(), width, indent);
}
