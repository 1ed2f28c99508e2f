import type { Session } from '../commands/session';
import { fingerprint } from '../course/folder/fingerprint';
import { type Graded, gradeLesson } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { type Doing, GradingMonitor } from '../grading/grading-monitor';

/** How a check ended: with a verdict, or with what kept it from one. */
export type Checked = { graded: Graded } | { error: unknown };

/** The check of what was saved last: a new one cancels the one before, whose end nobody hears. */
export class LatestCheck {
  readonly #session: Session;
  readonly #lesson: Lesson;
  readonly #onEnd: (checked: Checked) => void;
  #running: { abort: AbortController; since: number; monitor: GradingMonitor } | undefined;

  /** @param onEnd told how the latest check ended */
  constructor(session: Session, lesson: Lesson, onEnd: (checked: Checked) => void) {
    this.#session = session;
    this.#lesson = lesson;
    this.#onEnd = onEnd;
  }

  /** For how long the check has been running, in ms; undefined while none is. */
  get runningFor(): number | undefined {
    return this.#running && performance.now() - this.#running.since;
  }

  /** What the check does now; undefined while none is running. */
  get doing(): Doing | undefined {
    return this.#running?.monitor.now;
  }

  /** Grades what is there now. */
  start(): void {
    this.cancel();
    const running = {
      abort: new AbortController(),
      since: performance.now(),
      monitor: new GradingMonitor(),
    };
    this.#running = running;
    const end = (checked: Checked) => {
      if (this.#running !== running) return;
      this.#running = undefined;
      this.#onEnd(checked);
      this.#session.refillAhead();
    };
    this.#grade(running.abort.signal, running.monitor).then(
      (graded) => {
        if (this.#running !== running) return;
        // An editor was still writing when this one began: that it was saved is yet to be heard.
        if (fingerprint(graded.files) !== graded.fingerprint) this.start();
        else end({ graded });
      },
      (error: unknown) => end({ error }),
    );
  }

  cancel(): void {
    this.#running?.abort.abort();
    this.#running = undefined;
  }

  async #grade(cancelled: AbortSignal, monitor: GradingMonitor): Promise<Graded> {
    const { course, workspace, options, signal } = this.#session;
    return gradeLesson({
      lesson: this.#lesson,
      course,
      folder: workspace.folder,
      solution: options.solution ?? false,
      redis: await this.#session.redis(),
      warmPool: this.#session.warmPool,
      signal: AbortSignal.any([signal, cancelled]),
      monitor,
    });
  }
}
