import path from 'node:path';
import { remember } from '../../commands/grade-lessons';
import { lessonWords } from '../../commands/progress-line';
import type { Session } from '../../commands/session';
import { type Checked, LatestCheck } from '../../commands/watch/latest-check';
import { followSaves } from '../../course/folder/saves';
import { endings } from '../../course/folder/workspace';
import type { Lesson } from '../../course/lesson';
import { recordFile } from '../../course/progress/record';
import { unicodeGlyphs } from '../../report/terminal/glyphs';
import type { LessonName, LessonVerdict, State, WireRun } from '../protocol';
import { courseState } from './course-state';
import type { EventStream } from './event-stream';
import { readLessonFile } from './lesson-file';
import { shownError, shownVerdict } from './verdict-view';
import { WatchedCheck } from './watched-check';

/**
 * The learner's folder while pages are open: what is saved there, by whomever, is checked as `watch`
 * does, and pages are told of files, verdicts and progress as they change.
 */
export class Workbench {
  readonly #session: Session;
  readonly #events: EventStream;
  readonly #check: LatestCheck;
  readonly #verdicts = new Map<Lesson, LessonVerdict>();
  readonly #ends: (() => unknown)[] = [];
  /** What was seen in the last check of each lesson. */
  readonly #seen = new Map<Lesson, { check: number; watched: WatchedCheck }>();
  #count = 0;
  #state = '';
  #doing: NodeJS.Timeout | undefined;
  #stateDue: NodeJS.Timeout | undefined;

  constructor(session: Session, events: EventStream) {
    this.#session = session;
    this.#events = events;
    this.#check = new LatestCheck(
      session,
      (checked, lesson) => this.#ended(checked, lesson),
      (lesson) => this.#begun(lesson),
    );
  }

  /**
   * Begins to follow the folder.
   * @throws EnvironmentError where the Redis asked for cannot be used
   */
  async open(): Promise<void> {
    this.#ends.push(await this.#session.warmUp());
    const { workspace, shelf } = this.#session;
    const { folder } = workspace;
    this.#ends.push(followSaves(folder, (file) => this.#saved(file)));
    if (workspace.readOnly) return;
    for (const { id } of shelf.courses) {
      const records = recordFile(folder, ['progress', id]);
      this.#ends.push(followSaves(records, () => this.#stateChanges(), { names: /\.json$/ }));
    }
  }

  /** Checks what is there of a lesson now, in place of a check of it that runs. */
  check(lesson: Lesson): void {
    this.#check.start(lesson);
  }

  /** The last verdict on a lesson in this start. */
  verdictOn(lesson: Lesson): LessonVerdict | undefined {
    return this.#verdicts.get(lesson);
  }

  /** What was seen in the last check of a lesson so far, file by file. */
  wireOf(lesson: Lesson): WireRun {
    const { check = 0, watched } = this.#seen.get(lesson) ?? {};
    return { check, parts: watched?.parts ?? [] };
  }

  isChecking(lesson: Lesson): boolean {
    return this.#check.lesson === lesson;
  }

  /** How everything stands now. */
  state(): Promise<State> {
    return courseState(this.#session);
  }

  async close(): Promise<void> {
    clearTimeout(this.#stateDue);
    clearInterval(this.#doing);
    this.#check.cancel();
    await Promise.all(this.#ends.map((end) => end()));
  }

  #saved(file: string): void {
    const owner = this.#ownerOf(file);
    if (!owner) return;
    const { lesson, name } = owner;
    const { folder } = this.#session.workspace;
    this.#events.tell({
      kind: 'file',
      lesson: nameOf(lesson),
      file: readLessonFile(lesson, folder, name),
    });
    this.#stateChanges();
    // With nobody looking, that is for whoever saved it to say.
    if (this.#events.pages > 0) this.#check.start(lesson);
  }

  #ownerOf(file: string): { lesson: Lesson; name: string } | undefined {
    const { folder } = this.#session.workspace;
    for (const { lessons } of this.#session.shelf.courses) {
      for (const lesson of lessons) {
        const name = lesson.files.find((one) =>
          endings(lesson, one).some((ending) => path.join(folder, one + ending) === file),
        );
        if (name !== undefined) return { lesson, name };
      }
    }
    return undefined;
  }

  #begun(lesson: Lesson): WatchedCheck {
    this.#count += 1;
    const check = this.#count;
    const name = nameOf(lesson);
    this.#events.tell({ kind: 'checking', lesson: name, check });
    const watched = new WatchedCheck((file, events) => {
      if (this.#seen.get(lesson)?.check === check) {
        this.#events.tell({ kind: 'wire', lesson: name, check, file, events });
      }
    });
    this.#seen.set(lesson, { check, watched });
    this.#sayDoing(lesson, watched, check);
    return watched;
  }

  #ended(checked: Checked, lesson: Lesson): void {
    const verdict =
      'graded' in checked
        ? shownVerdict(checked.graded, this.#count, this.#versionsOf(lesson))
        : shownError(checked.error, this.#count);
    clearInterval(this.#doing);
    this.#verdicts.set(lesson, verdict);
    if ('graded' in checked) remember(this.#session, checked.graded);
    this.#events.tell({ kind: 'verdict', lesson: nameOf(lesson), verdict });
    this.#stateChanges();
  }

  /** The texts of a lesson as they are now; a check that ends is of just these. */
  #versionsOf(lesson: Lesson): Map<string, string> {
    const { folder } = this.#session.workspace;
    const files = lesson.files.map((name) => readLessonFile(lesson, folder, name));
    return new Map(files.map(({ label, version }) => [label, version]));
  }

  /** Says from time to time what the check does, until it is over. */
  #sayDoing(lesson: Lesson, watched: WatchedCheck, check: number): void {
    clearInterval(this.#doing);
    this.#doing = setInterval(() => {
      const words = lessonWords(lesson, watched.now, { room: 100, glyphs: unicodeGlyphs });
      this.#events.tell({ kind: 'doing', lesson: nameOf(lesson), check, words });
    }, sayEvery);
  }

  /** Several changes in a row are told once. */
  #stateChanges(): void {
    this.#stateDue ??= setTimeout(() => {
      this.#stateDue = undefined;
      void this.#tellState();
    }, together);
  }

  async #tellState(): Promise<void> {
    const state = await this.state();
    const text = JSON.stringify(state);
    if (text === this.#state) return;
    this.#state = text;
    this.#events.tell({ kind: 'state', state });
  }
}

/** In milliseconds. */
const together = 20;
const sayEvery = 500;

/** A lesson as events name it. */
export function nameOf({ course, id }: Lesson): LessonName {
  return { course, id };
}
