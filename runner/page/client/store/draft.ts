import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LessonFile, LessonName, Saved } from '../../protocol';
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
  /** Where the version that gave way in the last conflict is kept. */
  readonly kept = signal<string | undefined>(undefined);
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
      const { name, version } = this.file.value;
      this.#settles(await server.save(this.#lesson, name, { text, base: version }));
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

  /**
   * Ends a conflict with one of the two versions, or with a third made from both; the one that gives
   * way is kept in a file of its own.
   * @param text what is to be in the file
   */
  async resolve(text: string): Promise<void> {
    const theirs = this.theirs.value;
    if (!theirs) return;
    const mine = this.text.value;
    const other = text === mine ? theirs.text : mine;
    await attempt(async () => {
      const save = { text, base: theirs.version, other };
      const saved = await server.save(this.#lesson, theirs.name, save);
      if (saved.saved) {
        this.theirs.value = undefined;
        this.text.value = text;
        this.kept.value = saved.kept;
      }
      this.#settles(saved);
    });
  }

  #settles({ saved, file }: Saved): void {
    if (!saved) {
      this.#meets(file);
      return;
    }
    this.#own.add(file.version);
    this.file.value = file;
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
