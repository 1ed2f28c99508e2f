import {
  type Aspect,
  aspects,
  type LessonResult,
  type Tally,
} from '../../course/authoring/self-test';
import type { Screen } from './screen';
import { columnsOf, cut, pad, wrap } from './wrap';

/** How many differences of a lesson are named before the rest is counted. */
const namedDifferences = 5;

/** The author's self-test as a table, a row a lesson; in words where nothing is drawn. */
export class SelfTestTable {
  readonly #screen: Screen;
  readonly #nameWidth: number;

  /** @param names of all lessons, so that the columns fit each */
  constructor(names: readonly string[], screen: Screen) {
    const columns = aspects.reduce((sum, aspect) => sum + gap + widthOf(aspect), 0);
    const room = Math.max(12, screen.width - margin - columns);
    this.#screen = screen;
    this.#nameWidth = Math.min(room, Math.max('lesson'.length, ...names.map(columnsOf)));
  }

  /** The names of the columns; nothing where each row says them. */
  get head(): string {
    if (this.#screen.plain) return '';
    const cells = aspects.map((aspect) => heads[aspect].padStart(gap + widthOf(aspect)));
    return this.#screen.paint('dim', `    ${pad('lesson', this.#nameWidth)}${cells.join('')}`);
  }

  row({ name, tallies, faults }: LessonResult): string {
    const { plain, paint, glyphs } = this.#screen;
    const sound = faults.length === 0;
    if (plain) {
      const words = aspects.flatMap((aspect) => {
        const tally = tallies[aspect];
        return tally ? [`${heads[aspect]} ${tally.good} of ${tally.of}`] : [];
      });
      return `${name}: ${[sound ? 'sound' : 'not sound', ...words].join(', ')}`;
    }
    const mark = sound ? paint('green', glyphs.pass) : paint('red', glyphs.fail);
    const cells = aspects.map((aspect) => this.#cell(tallies[aspect], gap + widthOf(aspect)));
    return `  ${mark} ${pad(cut(name, this.#nameWidth, glyphs.ellipsis), this.#nameWidth)}${cells.join('')}`;
  }

  /** What is wrong, the first few differences of each lesson; nothing where all are sound. */
  differences(results: readonly LessonResult[]): string {
    const { paint, width } = this.#screen;
    const lines = results
      .filter(({ faults }) => faults.length > 0)
      .flatMap(({ name, faults }) => {
        const rest = faults.length - namedDifferences;
        return [
          '',
          `  ${paint('bold', name)}`,
          ...faults
            .slice(0, namedDifferences)
            .flatMap((fault) => wrap(fault, width, '    ', '      ')),
          ...(rest > 0 ? [`    and ${rest} more`] : []),
        ];
      });
    return lines.join('\n');
  }

  #cell(tally: Tally | undefined, width: number): string {
    const { paint, glyphs } = this.#screen;
    if (!tally) return paint('dim', glyphs.idle.padStart(width));
    const text = `${tally.good}/${tally.of}`.padStart(width);
    return tally.good === tally.of ? text : paint('red', text);
  }
}

const margin = 4;
const gap = 1;

const heads: Record<Aspect, string> = {
  starter: 'starter',
  server: 'server',
  embedded: 'embedded',
  right: 'right',
  wrong: 'wrong',
  hints: 'hints',
  names: 'names',
  files: 'files',
};

/** A column holds its head and counts such as 38/38. */
function widthOf(aspect: Aspect): number {
  return Math.max(5, heads[aspect].length);
}
