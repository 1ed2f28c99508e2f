import { sanitizeProse, sanitizeRow } from '../../report/terminal/invisible';
import type { Screen } from '../../report/terminal/screen';
import { columnsOf, cut, pad, wrap } from '../../report/terminal/wrap';
import type { ClassCell, ClassRow, ClassTable } from './class-table';
import { stateWords } from './state-words';

/** A class as a table, a row a learner and a column a lesson; in words where nothing is drawn. */
export function terminalTable(table: ClassTable, screen: Screen): string {
  if (screen.plain) {
    return table.rows.map((row) => sanitizeRow(rowInWords(row, table), screen.glyphs)).join('\n');
  }
  const drawn = new TableDrawing(table, screen);
  return [drawn.head, ...table.rows.map((row) => drawn.row(row)), '', drawn.legend].join('\n');
}

class TableDrawing {
  readonly #table: ClassTable;
  readonly #screen: Screen;
  readonly #nameWidth: number;
  readonly #cellWidths: number[];

  constructor(table: ClassTable, screen: Screen) {
    this.#table = table;
    this.#screen = screen;
    this.#cellWidths = table.lessons.map(({ name }) => columnsOf(shortName(name)) + 1);
    const cells = this.#cellWidths.reduce((sum, width) => sum + width, 0);
    const room = Math.max(12, screen.columns - cells - margin - lastColumns);
    const longest = Math.max(
      'learner'.length,
      ...table.rows.map((row) => columnsOf(sanitizeRow(row.learner.name, screen.glyphs))),
    );
    this.#nameWidth = Math.min(room, longest);
  }

  get head(): string {
    const { lessons, mostPoints } = this.#table;
    const names = lessons.map(({ name }, at) => this.#right(shortName(name), at));
    const line = `  ${pad('learner', this.#nameWidth)} ${names.join('')}  of ${mostPoints}`;
    return this.#screen.paint('bold', line);
  }

  row(row: ClassRow): string {
    const { glyphs, paint } = this.#screen;
    const name = sanitizeRow(row.learner.name, glyphs);
    const shown = pad(cut(name, this.#nameWidth, glyphs.ellipsis), this.#nameWidth);
    const cells = row.cells.map((cell, at) => this.#right(this.#sign(cell), at));
    const points = row.points === undefined ? '' : String(row.points).padStart(5);
    const end = [points, stateWords(row)].filter((text) => text !== '').join('  ');
    const first = `  ${shown} ${cells.join('')}  ${row.state === 'fault' ? paint('yellow', end) : end}`;
    if (row.note === undefined) return first.trimEnd();
    return [
      first.trimEnd(),
      ...wrap(sanitizeProse(row.note, glyphs), this.#screen.width, '      '),
    ].join('\n');
  }

  get legend(): string {
    const { glyphs } = this.#screen;
    const signs = `${glyphs.pass} passed  ${glyphs.started} in part  ${glyphs.fail} failed  ${glyphs.idle} missing  ? grader fault`;
    return `  ${signs}`;
  }

  #sign({ verdict, points }: ClassCell): string {
    const { glyphs, paint } = this.#screen;
    if (verdict === undefined) return '';
    if (verdict === 'passed') return paint('green', glyphs.pass);
    if (verdict === 'fault') return paint('yellow', '?');
    if (points > 0) return paint('yellow', glyphs.started);
    return verdict === 'failed' ? paint('red', glyphs.fail) : paint('dim', glyphs.idle);
  }

  #right(text: string, at: number): string {
    return ' '.repeat(Math.max(0, (this.#cellWidths[at] ?? 0) - columnsOf(text))) + text;
  }
}

const margin = 3;

/** Points and a word beside them. */
const lastColumns = 22;

/** Of `COURSE/5` the number; the head of another course’s columns has its first letter. */
function shortName(name: string): string {
  const [course, number] = name.split('/');
  return number === undefined ? name : `${course?.charAt(0) ?? ''}${number}`;
}

function rowInWords(row: ClassRow, { mostPoints }: ClassTable): string {
  const counts = ['passed', 'failed', 'missing', 'fault'].flatMap((verdict) => {
    const names = row.cells.filter((cell) => cell.verdict === verdict).map(({ lesson }) => lesson);
    return names.length > 0 ? [`${verdict}: ${names.join(' ')}`] : [];
  });
  const points = row.points === undefined ? [] : [`${row.points} of ${mostPoints} points`];
  const state = stateWords(row);
  const note = row.note === undefined ? [] : [row.note];
  return `${row.learner.name}: ${[...points, ...(state ? [state] : []), ...counts, ...note].join('; ')}`;
}
