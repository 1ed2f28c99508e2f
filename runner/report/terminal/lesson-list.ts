import type { LessonStatus } from '../../course/progress/lesson-status';
import type { LessonState } from '../../course/progress/progress';
import type { Screen, Style } from './screen';
import { columnsOf, cut, pad } from './wrap';

/** The lessons with their states, below a progress bar, and the course's title if it is given. */
export function lessonList(
  statuses: readonly LessonStatus[],
  screen: Screen,
  title?: string,
): string {
  const rows = statuses.map((status) => `  ${lessonRow(status, screen, screen.width - 2)}`);
  const head = title === undefined ? [] : [`  ${screen.paint('bold', title)}`];
  return `${['', ...head, `  ${progressBar(statuses, screen)}`, '', ...rows].join('\n')}\n`;
}

/** One lesson on one line of so many columns. */
export function lessonRow({ lesson, state }: LessonStatus, screen: Screen, width: number): string {
  const { mark, style } = look(state, screen);
  const shown = state === 'not started' ? '' : state;
  const advanced = lesson.level === 'advanced' ? ' *' : '';
  const room = width - columnsOf(shown) - 8;
  const title = pad(cut(`${lesson.title}${advanced}`, room, screen.glyphs.ellipsis), room);
  const number = String(lesson.number).padStart(2);
  const row = `${screen.paint(style, mark)} ${number}  ${title}`;
  return `${row}  ${screen.paint(style, shown)}`.trimEnd();
}

/**
 * How far the course is done, drawn and in numbers; in numbers only where nothing is drawn.
 * @param taken columns of its line that something else has
 */
export function progressBar(statuses: readonly LessonStatus[], screen: Screen, taken = 0): string {
  const passed = passedOf(statuses);
  const words = progressWords(statuses);
  if (screen.plain) return words;
  const room = Math.max(0, Math.min(40, screen.width - taken - words.length - 8));
  const full = Math.round((room * passed) / Math.max(1, statuses.length));
  const { glyphs, paint } = screen;
  const bar =
    paint('green', glyphs.full.repeat(full)) + paint('dim', glyphs.empty.repeat(room - full));
  return `${bar}  ${words}`;
}

/** How far the course is done, in numbers. */
export function progressWords(statuses: readonly LessonStatus[]): string {
  return `${passedOf(statuses)} of ${statuses.length} passed`;
}

function passedOf(statuses: readonly LessonStatus[]): number {
  return statuses.filter(({ state }) => state === 'passed').length;
}

/** The sign and the colour of a state. */
export function look(state: LessonState, screen: Screen): { mark: string; style: Style } {
  const { glyphs } = screen;
  switch (state) {
    case 'passed':
      return { mark: glyphs.pass, style: 'green' };
    case 'failed':
      return { mark: glyphs.fail, style: 'red' };
    case 'changed':
      return { mark: glyphs.changed, style: 'yellow' };
    case 'check again':
      return { mark: glyphs.again, style: 'yellow' };
    case 'started':
      return { mark: glyphs.started, style: 'cyan' };
    case 'not started':
      return { mark: glyphs.idle, style: 'dim' };
  }
}
