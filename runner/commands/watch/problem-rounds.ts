import type { Lesson } from '../../course/lesson';
import { type Problem, problemLine, problemsOf } from '../../report/problems';
import type { Session } from '../session';
import type { Checked } from './latest-check';

/**
 * What `watch --problems` prints: rounds. Each begins with a line and ends with one, and has all
 * problems that are known, also those of lessons that were not checked in it: a reader may forget
 * those of the round before, as editors do.
 */
export class ProblemRounds {
  readonly #session: Session;
  readonly #known = new Map<Lesson, Problem[]>();

  constructor(session: Session) {
    this.#session = session;
  }

  begin(lesson: Lesson): void {
    this.#session.print(`checking lesson ${this.#session.addressOf(lesson)}`);
  }

  end(lesson: Lesson, checked: Checked): void {
    const outcome = 'graded' in checked ? checked.graded.verdict.verdict : 'not graded';
    this.#known.set(lesson, 'graded' in checked ? problemsOf(checked.graded) : []);
    for (const problem of [...this.#known.values()].flat()) {
      this.#session.print(problemLine(problem));
    }
    this.#session.print(`checked lesson ${this.#session.addressOf(lesson)}: ${outcome}`);
  }
}
