import type { PrintedLine } from '../../grading/verdict';
import { sanitize } from './invisible';
import type { Screen } from './screen';
import { wrap } from './wrap';

/**
 * What programs printed, in their own voice: a bar before each line, a heavy one for errors. Each
 * run stands whole, one below the other: the timeline shows how they mingled in time.
 * @param seen lines that a failure is about: the run that printed them comes first
 */
export function transcript(
  printed: readonly PrintedLine[],
  screen: Screen,
  more: string,
  seen = '',
): string[] {
  const order = runsInOrder(printed, seen.split('\n'));
  const output = order.flatMap((name) => printed.filter(({ program }) => program === name));
  const several = order.length > 1;
  let program: string | undefined;
  return clip(withoutForeignFrames(output), mostLines).flatMap((line) => {
    if (typeof line === 'number') {
      const count = `${screen.glyphs.clipped} ${line} lines more${more ? `: ${more}` : ''}`;
      return wrap(screen.paint('dim', count), screen.width, '  ', '    ');
    }
    const named = several && line.program !== program;
    program = line.program;
    const voice = voiceLine({ stream: line.stream, text: shortened(line.text, screen) }, screen);
    return named ? [`  ${screen.paint(['dim', 'bold'], line.program)}`, ...voice] : voice;
  });
}

/** The runs that printed something: the one in question, then the others, further ones of a program last. */
function runsInOrder(printed: readonly PrintedLine[], seen: readonly string[]): string[] {
  const wanted = new Set(seen.filter((line) => line.trim() !== ''));
  const names = [...new Set(printed.map(({ program }) => program))];
  const runs = names.map((name) => ({
    name,
    fits: printed.filter(({ program, text }) => program === name && wanted.has(text)).length,
    further: names.some((other) => name.startsWith(`${other} (`)) ? 1 : 0,
  }));
  const anyFits = runs.some(({ fits }) => fits > 0);
  const saysNew = ({ name, fits, further }: (typeof runs)[number]) =>
    !further || (anyFits ? fits > 0 : !names.some((other) => isRepeated(printed, other, name)));
  // What a program prints without Redis does not matter if the failure is about its run with one.
  return runs
    .filter(saysNew)
    .sort((one, other) => other.fits - one.fits || one.further - other.further)
    .map(({ name }) => name);
}

function isRepeated(printed: readonly PrintedLine[], name: string, further: string): boolean {
  const of = (wanted: string) =>
    printed.filter(({ program }) => program === wanted).map(({ text }) => text);
  return further.startsWith(`${name} (`) && of(name).join('\n') === of(further).join('\n');
}

/** A line of a kilobyte says no more when it is shown whole. */
function shortened(text: string, screen: Screen): string {
  // Where one reads along, the next step must not be pushed off the screen.
  const most = screen.live ? Math.min(mostLetters, 5 * screen.width) : mostLetters;
  const left = text.length - most;
  return left <= 0 ? text : `${text.slice(0, most)} ${screen.glyphs.clipped} ${left} letters more`;
}

const mostLetters = 1000;

/** A stack trace without its frames inside Node, packages and the workbook, which do not help here. */
export function withoutForeignFrames(output: readonly PrintedLine[]): PrintedLine[] {
  return output.filter(({ stream, text }) => !(stream === 'stderr' && foreignFrame.test(text)));
}

/** A line of a stack trace inside Node, packages and the workbook. */
export const foreignFrame = /^\s+at .*(node:|[\\/]node_modules[\\/]|[\\/]runner[\\/])/;

/** One line of a program as it is shown wherever programs speak. */
export function voiceLine(line: Pick<PrintedLine, 'stream' | 'text'>, screen: Screen): string[] {
  const errors = line.stream === 'stderr';
  const bar = errors
    ? screen.paint('red', screen.glyphs.errors)
    : screen.paint('cyan', screen.glyphs.output);
  const text = sanitize(line.text, screen.glyphs).replaceAll('\t', '    ');
  return wrap(text, screen.width, `  ${bar} `);
}

/** The beginning and the end, with the number of what was left out between them. */
export function clip<T>(items: readonly T[], most: number): (T | number)[] {
  if (items.length <= most) return [...items];
  const end = Math.floor(most / 2);
  const start = most - end - 1;
  return [...items.slice(0, start), items.length - start - end, ...items.slice(items.length - end)];
}

const mostLines = 30;
