import type { Graded } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { type Doing, GradingMonitor } from '../grading/grading-monitor';
import type { Glyphs } from '../report/terminal/glyphs';
import { columnsOf, cut } from '../report/terminal/wrap';

/** How far grading has come: what is done, and what goes on now. */
export class ProgressLine {
  readonly #lessons: readonly Lesson[];
  readonly #going = new Map<Lesson, GradingMonitor>();
  #done = 0;
  #passed = 0;

  constructor(lessons: readonly Lesson[]) {
    this.#lessons = lessons;
  }

  /** @returns the monitor by which the check of the lesson reports what it does */
  begin(lesson: Lesson): GradingMonitor {
    const monitor = new GradingMonitor();
    this.#going.set(lesson, monitor);
    return monitor;
  }

  end({ lesson, verdict }: Graded): void {
    this.#going.delete(lesson);
    this.#done += 1;
    if (verdict.verdict === 'passed') this.#passed += 1;
  }

  /** In words, in so many columns. */
  words(room: number, glyphs: Glyphs): string {
    const [only] = this.#lessons;
    if (this.#lessons.length === 1 && only) {
      return lessonWords(only, this.#going.get(only)?.now, { room, glyphs });
    }
    const going = [...this.#going.keys()].map(({ number }) => number).sort((a, b) => a - b);
    const now = `${going.length === 1 ? 'lesson' : 'lessons'} ${going.join(', ')}`;
    const pieces = [
      `Checking, ${this.#done} of ${this.#lessons.length} done`,
      `${this.#passed} passed`,
      ...(going.length > 0 ? [now] : []),
    ];
    return fitted(pieces, [1, 2], { room, glyphs });
  }
}

/** What there is to write on. */
export interface Line {
  /** Columns. */
  room: number;
  glyphs: Glyphs;
}

/**
 * What the check of one lesson does now, in words.
 * @param more what to add, such as the time it has taken
 */
export function lessonWords(
  { number }: Lesson,
  doing: Doing | undefined,
  line: Line,
  more: string[] = [],
): string {
  const lead = `Checking lesson ${number}`;
  if (!doing || doing.programs === 0) {
    const now = doing?.begun ? 'reading what is there' : 'starting Redis';
    return fitted([`${lead}, ${now}`, ...more], [1], line);
  }
  const { programs, commands, requests } = doing;
  // Several runs of one program are that program.
  const running = [...new Set(doing.running.map((name) => name.replace(/ \(.*\)$/, '')))];
  const now = running.length > 0 ? `running ${running.join(' and ')}` : 'comparing';
  const started = counted(programs, 'program');
  const seen = [
    counted(commands, 'command'),
    ...(requests > 0 ? [counted(requests, 'request')] : []),
  ];
  // Where there is little room, the counts matter most: they show that it moves.
  const ways = [
    [`${lead}, ${now}`, started, ...seen, ...more],
    [`${lead}, ${now}`, ...seen, ...more],
    [`${lead}, ${now}`, ...seen],
    [lead, started, ...seen, ...more],
    [lead, ...seen, ...more],
    [lead, ...seen],
  ].map((pieces) => pieces.join(joint(line)));
  const fits = ways.find((text) => columnsOf(text) <= line.room);
  return fits ?? cut(ways.at(-1) ?? '', line.room, line.glyphs.ellipsis);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The pieces in one line; those at these places are left out, in this order, where they do not fit. */
function fitted(pieces: readonly string[], drop: readonly number[], line: Line): string {
  const left = new Set<number>();
  const joined = () => pieces.filter((_, at) => !left.has(at)).join(joint(line));
  for (const at of drop) {
    if (columnsOf(joined()) <= line.room) break;
    left.add(at);
  }
  return cut(joined(), line.room, line.glyphs.ellipsis);
}

function joint({ glyphs }: Line): string {
  return ` ${glyphs.dot} `;
}
