import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LessonFile, LessonName } from '../../protocol';
import { server } from './server';
import { attempt } from './workbook';

/** Where the text in the page stands towards the file. */
export type DraftStatus = 'saved' | 'unsaved' | 'saving' | 'conflict';

/**
 * A file's text while it is edited here, beside the file as it lies on the disk. What is typed is
 * saved after a pause; what somebody else writes is taken over at once, unless something unsaved
 * stands here: then both are kept until the learner says which.
 */
export class Draft {
  /** The file that the text was made from. */
  readonly file: Signal<LessonFile>;
  readonly text: Signal<string>;
  /** What another program wrote while something unsaved stood here. */
  readonly theirs = signal<LessonFile | undefined>(undefined);
  readonly status: ReadonlySignal<DraftStatus>;
  readonly #lesson: LessonName;
  /** The text that is on its way to the server. */
  readonly #sending = signal<string | undefined>(undefined);
  readonly #own = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(lesson: LessonName, file: LessonFile) {
    this.#lesson = lesson;
    this.file = signal(file);
    this.text = signal(file.text ?? '');
    this.status = computed(() => {
      if (this.theirs.value) return 'conflict';
      if (this.#sending.value !== undefined) return 'saving';
      return this.text.value === (this.file.value.text ?? '') ? 'saved' : 'unsaved';
    });
  }

  /** Takes what was typed; it is saved when the learner pauses. */
  edit(text: string): void {
    if (text === this.text.value) return;
    this.text.value = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), pause);
  }

  /** Saves what is unsaved. @returns whether there was anything */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.status.value !== 'unsaved') return this.status.value === 'saving';
    const text = this.text.value;
    this.#sending.value = text;
    await attempt(async () => {
      const { saved, file } = await server.save(
        this.#lesson,
        this.file.value.name,
        text,
        this.file.value.version,
      );
      if (saved) {
        this.#own.add(file.version);
        this.file.value = file;
      } else this.#meets(file);
    });
    this.#sending.value = undefined;
    // More was typed meanwhile.
    if (this.status.value === 'unsaved' && this.text.value !== text) {
      this.#timer = setTimeout(() => void this.save(), pause);
    }
    return true;
  }

  /** The file changed on the disk, by whomever. */
  async changed(file: LessonFile): Promise<void> {
    if (file.version === this.file.value.version) {
      this.file.value = file;
      return;
    }
    if (file.text !== undefined && file.text === this.#sending.value) return;
    // The news of an earlier save of ours may come after the answer to a later one.
    if (this.#own.has(file.version)) {
      const { files } = await server.lesson(this.#lesson);
      const now = files.find(({ name }) => name === file.name);
      if (now && now.version !== this.file.value.version) this.#meets(now);
      return;
    }
    this.#meets(file);
  }

  /** Ends a conflict: with this text, and the file as it lies there as what it was made from. */
  resolve(text: string): void {
    const theirs = this.theirs.value;
    if (!theirs) return;
    this.theirs.value = undefined;
    this.file.value = theirs;
    this.text.value = text;
    void this.save();
  }

  #meets(file: LessonFile): void {
    const { text } = file;
    const clean = this.text.value === (this.file.value.text ?? '') && !this.theirs.value;
    if (clean || text === this.text.value || file.locked !== undefined) {
      this.theirs.value = undefined;
      this.file.value = file;
      this.text.value = text ?? '';
      return;
    }
    clearTimeout(this.#timer);
    this.theirs.value = file;
  }
}

/** For how long nothing is typed before it is saved, in milliseconds. */
const pause = 1000;
