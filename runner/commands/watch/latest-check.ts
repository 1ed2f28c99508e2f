import { fingerprint } from '../../course/folder/fingerprint';
import type { Graded } from '../../course/grading';
import type { Lesson } from '../../course/lesson';
import { type Doing, GradingMonitor } from '../../grading/grading-monitor';
import { gradeOne } from '../grade-lessons';
import type { Session } from '../session';

/** How a check ended: with a verdict, or with what kept it from one. */
export type Checked = { graded: Graded } | { error: unknown };

interface Running {
  lesson: Lesson;
  abort: AbortController;
  since: number;
  monitor: GradingMonitor;
}

/**
 * The check of what was saved last. A new one of the same lesson cancels the one before, whose end
 * is not reported; one of another lesson waits for its turn.
 */
export class LatestCheck {
  readonly #session: Session;
  readonly #onEnd: (checked: Checked, lesson: Lesson) => void;
  readonly #monitorOf: (lesson: Lesson) => GradingMonitor;
  readonly #waiting = new Set<Lesson>();
  /** Checks that have not ended yet, those that were cancelled too: they tidy up. */
  readonly #going = new Set<Promise<void>>();
  #running: Running | undefined;

  /**
   * @param onEnd hears how each check ended that was not cancelled
   * @param monitorOf called as a check begins, for the monitor that it reports to
   */
  constructor(
    session: Session,
    onEnd: (checked: Checked, lesson: Lesson) => void,
    monitorOf: (lesson: Lesson) => GradingMonitor = () => new GradingMonitor(),
  ) {
    this.#session = session;
    this.#onEnd = onEnd;
    this.#monitorOf = monitorOf;
  }

  /** The lesson that is being checked. */
  get lesson(): Lesson | undefined {
    return this.#running?.lesson;
  }

  /** For how long the check has been running, in ms; undefined while none is. */
  get runningFor(): number | undefined {
    return this.#running && performance.now() - this.#running.since;
  }

  /** What the check does now; undefined while none is running. */
  get doing(): Doing | undefined {
    return this.#running?.monitor.now;
  }

  /** Grades what is there now of a lesson. */
  start(lesson: Lesson): void {
    if (this.#running && this.#running.lesson !== lesson) {
      this.#waiting.add(lesson);
      return;
    }
    this.#running?.abort.abort();
    const running = {
      lesson,
      abort: new AbortController(),
      since: performance.now(),
      monitor: this.#monitorOf(lesson),
    };
    this.#running = running;
    const { abort, monitor } = running;
    const signal = AbortSignal.any([this.#session.signal, abort.signal]);
    const going = gradeOne(this.#session, lesson, { signal, monitor }).then(
      (graded) => {
        if (this.#running !== running) return;
        // An editor was still writing when this one began: that it was saved is yet to be heard.
        if (fingerprint(graded.files) !== graded.fingerprint) this.start(lesson);
        else this.#end(running, { graded });
      },
      (error: unknown) => this.#end(running, { error }),
    );
    this.#going.add(going);
    void going.finally(() => this.#going.delete(going));
  }

  cancel(): void {
    this.#waiting.clear();
    this.#running?.abort.abort();
    this.#running = undefined;
  }

  /** Cancels what runs, and waits until it has tidied up. */
  async close(): Promise<void> {
    this.cancel();
    await Promise.allSettled(this.#going);
  }

  #end(running: Running, checked: Checked): void {
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#onEnd(checked, running.lesson);
    this.#session.refillWarm();
    const [next] = this.#waiting;
    if (!next) return;
    this.#waiting.delete(next);
    this.start(next);
  }
}
