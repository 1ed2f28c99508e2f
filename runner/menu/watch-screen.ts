import { existsSync } from 'node:fs';
import path from 'node:path';
import { openEditor } from '../commands/edit';
import { gradedEvidenceText } from '../commands/evidence-text';
import { remember } from '../commands/grade-lessons';
import { hintText } from '../commands/hint';
import { openLessonBeside } from '../commands/open-beside';
import { type Line, lessonWords } from '../commands/progress-line';
import { Interruption, type Session } from '../commands/session';
import { hasPassed, versionsBesideOwn } from '../commands/solution';
import { type Busy, spinner } from '../commands/spinner';
import { EventQueue } from '../commands/watch/event-queue';
import { type Checked, LatestCheck } from '../commands/watch/latest-check';
import { followSaves } from '../course/folder/saves';
import { findFile } from '../course/folder/workspace';
import type { Graded } from '../course/grading';
import { hasSnapshot, type Lesson } from '../course/lesson';
import { withoutEnding } from '../program-file';
import { type ErrorReport, errorReport, errorText } from '../report/terminal/error-report';
import { lessonPage } from '../report/terminal/lesson-page';
import { wrap } from '../report/terminal/wrap';
import { followKeys, type Signal } from './keyboard';
import { type Drawn, drawPane, stepOf } from './pane';
import { runScreen } from './run-screen';
import { clear } from './terminal';
import { type Shown, watchKeys } from './watch-keys';
import {
  openingEditor,
  openingText,
  questionText,
  saveLine,
  titleText,
  verdictText,
} from './watch-texts';

type WatchEvent =
  | { kind: 'signal'; signal: Signal }
  | { kind: 'saved'; file: string }
  | { kind: 'noted' }
  | { kind: 'checked'; checked: Checked };

export interface WatchOptions {
  /** Saving a file of another lesson leads there. */
  roams?: boolean;
  /** A lesson that was not begun is shown to read, and graded at the first save. */
  reads?: boolean;
  /** There is no menu behind it: q ends the workbook. */
  quits?: boolean;
}

/**
 * A lesson while the learner works on it: graded when it is opened and at each save. Keys work
 * while a check runs, a new save cancels the check of the old one, and nothing moves on by itself.
 */
export class WatchScreen {
  readonly #session: Session;
  readonly #lesson: Lesson;
  readonly #options: WatchOptions;
  readonly #events: EventQueue<WatchEvent>;
  readonly #check: LatestCheck;
  #checked: Checked | undefined;
  #shown: Shown = 'verdict';
  /** What is shown in the place of the verdict; drawn again for a new size. */
  #text: () => Promise<string> | string = () => '';
  #top = 0;
  #drawn: Drawn = { top: 0, room: 3, last: 0 };
  #busy: Busy | undefined;
  #stopKeys: () => void = () => {};
  /** Something else is on the screen still, or nothing. */
  #bare = true;
  /** Remarks that came while the screen is drawn; a save does away with them. */
  #notes: string[] = [];

  constructor(session: Session, lesson: Lesson, options: WatchOptions = {}) {
    this.#session = session;
    this.#lesson = lesson;
    this.#options = options;
    this.#events = new EventQueue(session.signal);
    this.#check = new LatestCheck(session, (checked) =>
      this.#events.push({ kind: 'checked', checked }),
    );
  }

  /**
   * Shows it until a key leads away.
   * @returns that key; or the lesson whose file was saved
   * @throws Interruption at Ctrl-C
   */
  async show(): Promise<string | Lesson> {
    const { workspace } = this.#session;
    const stopSaves = await followSaves(workspace.folder, (file) =>
      this.#events.push({ kind: 'saved', file }),
    );
    const ends = [stopSaves];
    try {
      ends.push(await this.#session.warmUp());
      this.#listen();
      openLessonBeside(this.#session, this.#lesson);
      const begun = this.#session.status(this.#lesson).state !== 'not started';
      if (begun || !this.#options.reads) this.#check.start(this.#lesson);
      else this.#read();
      for (;;) {
        await this.#draw();
        const end = await this.#take(await this.#events.next());
        if (end !== undefined) return end;
      }
    } finally {
      this.#check.cancel();
      this.#busy?.stop();
      this.#stopKeys();
      this.#events.close();
      await Promise.all(ends.map((end) => end()));
    }
  }

  async #take(event: WatchEvent): Promise<string | Lesson | undefined> {
    switch (event.kind) {
      case 'saved':
        return this.#saved(event.file);
      case 'checked':
        this.#settle(event.checked);
        return undefined;
      case 'noted':
        return undefined;
      case 'signal':
        if (event.signal === 'interrupted') throw new Interruption('Ctrl-C');
        if (event.signal === 'resized' || event.signal === 'resumed') return undefined;
        return this.#press(event.signal.key);
    }
  }

  #saved(file: string): Lesson | undefined {
    const name = withoutEnding(path.basename(file));
    const owner = this.#session.lessons.find(({ files }) => files.includes(name));
    if (this.#options.roams && owner && owner !== this.#lesson) return owner;
    this.#show('verdict');
    this.#notes = [];
    this.#check.start(this.#lesson);
    return undefined;
  }

  #settle(checked: Checked): void {
    this.#checked = checked;
    if ('graded' in checked) remember(this.#session, checked.graded);
    // A hint that is being read stays; the keys show how it went.
    if (this.#shown === 'verdict') this.#top = 0;
  }

  /** @returns the key, where it leads away */
  async #press(key: string): Promise<string | undefined> {
    const step = stepOf(key, this.#drawn.room);
    if (step !== undefined) {
      this.#top = Math.max(0, Math.min(this.#drawn.top + step, this.#drawn.last));
      return undefined;
    }
    const closing = ['return', 'escape', 'b', 'q'].includes(key);
    if (this.#shown === 'question') {
      this.#show('verdict');
      if (key === 'y') this.#showText('solution', () => this.#solution());
      return undefined;
    }
    if (closing && this.#shown !== 'verdict') {
      this.#show('verdict');
      return undefined;
    }
    if (closing) return key === 'q' && this.#options.quits ? 'q' : 'b';
    // What the screen has no room to offer works all the same.
    if (key !== 'c' && !this.#keys('verdict').some((one) => one.key === key)) return undefined;
    return this.#act(key);
  }

  async #act(key: string): Promise<string | undefined> {
    const graded = this.#graded;
    switch (key) {
      case 'c':
        this.#show('verdict');
        this.#check.start(this.#lesson);
        return undefined;
      case 'l':
        this.#read();
        return undefined;
      case 'h': {
        const hint = hintText(this.#session, this.#lesson);
        this.#showText('hint', () => hint(this.#session.screen));
        return undefined;
      }
      case 't':
      case 'k': {
        const look = key === 't' ? { timeline: true } : { keys: true };
        if (graded) {
          this.#showText(key === 't' ? 'timeline' : 'keys', () =>
            gradedEvidenceText(graded, look, this.#session.screen),
          );
        }
        return undefined;
      }
      case 's':
        if (hasPassed(this.#session, this.#lesson))
          this.#showText('solution', () => this.#solution());
        else this.#showText('question', () => questionText(this.#session));
        return undefined;
      case 'r':
        await this.#aside(() => {
          clear(this.#session);
          return runScreen(this.#session, this.#lesson);
        });
        return undefined;
      case 'e':
        await this.#aside(() => this.#edit());
        return undefined;
      default:
        return key;
    }
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    this.#top = 0;
  }

  #showText(shown: Shown, text: () => Promise<string> | string): void {
    this.#show(shown);
    this.#text = text;
  }

  #read(): void {
    this.#showText('lesson', () => lessonPage(this.#lesson, this.#session.screen));
  }

  #solution(): Promise<string> {
    return versionsBesideOwn(this.#session, this.#lesson);
  }

  /** Leaves the terminal to something else for a while. */
  async #aside(work: () => Promise<unknown>): Promise<void> {
    this.#busy?.stop();
    this.#busy = undefined;
    this.#stopKeys();
    this.#bare = true;
    try {
      await work();
    } catch (error) {
      this.#session.signal.throwIfAborted();
      if (error instanceof Interruption) throw error;
      this.#showText('text', () => errorText(errorReport(error), this.#session.screen));
    } finally {
      this.#listen();
    }
  }

  async #edit(): Promise<void> {
    const failed = this.#graded?.verdict.parts.find(({ verdict }) => verdict !== 'passed');
    const { folder } = this.#session.workspace;
    const names = this.#lesson.files.map((name) => findFile(this.#lesson, folder, name));
    const file = names.find((name) => name && path.basename(name) === failed?.file) ?? names[0];
    if (!file) return;
    // One in a window of its own leaves this to be read until it is closed.
    clear(this.#session, openingEditor(this.#session, file));
    await openEditor(this.#session, file, failed?.finding?.line);
  }

  #listen(): void {
    const writeNotes = this.#session.divertNotes((text) => {
      if (this.#notes.includes(text)) return;
      this.#notes.push(text);
      this.#events.push({ kind: 'noted' });
    });
    const stopKeys = followKeys(this.#session, (signal) =>
      this.#events.push({ kind: 'signal', signal }),
    );
    this.#stopKeys = () => {
      stopKeys();
      writeNotes();
    };
  }

  async #draw(): Promise<void> {
    this.#busy?.stop();
    this.#busy = undefined;
    const text = this.#shown === 'verdict' ? this.#verdict() : this.#text();
    // A text may take its time; the screen never waits for it empty.
    if (this.#bare && typeof text !== 'string') this.#paint(titleText(this.#session, this.#lesson));
    this.#paint(await text);
    if (this.#check.runningFor !== undefined) {
      this.#busy = await spinner(this.#session, (line) => this.#working(line));
    } else this.#session.streams.output.write(saveLine(this.#session, this.#lesson));
  }

  #paint(text: string): void {
    const { screen } = this.#session;
    const notes = this.#notes.flatMap((note) => wrap(note, screen.width, '  '));
    this.#drawn = drawPane(this.#session, {
      lines: [...notes.map((line) => screen.paint('yellow', line)), ...text.trimEnd().split('\n')],
      top: this.#top,
      keys: this.#keys(),
      free: 1,
    });
    this.#bare = false;
  }

  get #graded(): Graded | undefined {
    return this.#checked && 'graded' in this.#checked ? this.#checked.graded : undefined;
  }

  #working(line: Line): string {
    const seconds = Math.floor((this.#check.runningFor ?? 0) / 1000);
    const time = seconds > 0 ? [`${seconds} s`] : [];
    return lessonWords(this.#lesson, this.#check.doing, line, time);
  }

  #verdict(): Promise<string> | string {
    const checked = this.#checked;
    if (!checked) return openingText(this.#session, this.#lesson);
    if ('graded' in checked) return verdictText(this.#session, checked.graded);
    const { folder } = this.#session.workspace;
    if (!existsSync(folder)) return errorText(goneFolder(folder), this.#session.screen);
    return errorText(errorReport(checked.error), this.#session.screen);
  }

  #keys(shown = this.#shown) {
    const last = this.#session.lessons.at(-1) === this.#lesson;
    return watchKeys({
      shown,
      outcome: this.#graded?.verdict.verdict,
      last,
      dump: hasSnapshot(this.#lesson),
      readOnly: this.#session.workspace.readOnly,
      quits: this.#options.quits ?? false,
    });
  }
}

/** Nothing is written meanwhile, or the folder could not be put back. */
function goneFolder(folder: string): ErrorReport {
  return {
    kind: 'environment',
    message: `The folder of your files is not there any more: ${folder}`,
    next: 'Put it back, or make a new one: what you save there is checked.',
  };
}
