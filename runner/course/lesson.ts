import type { FileKind } from '../grading/course-terms';

/** A lesson as its folder declares it; `lesson.md` is parsed once, by the schema in lesson-text.ts. */
export interface Lesson {
  /** The id of the course that it belongs to. */
  course: string;
  /** The task's number, as course.yml has it. */
  number: number;
  /** Stable name, such as `first-key`; progress is kept under it. */
  id: string;
  title: string;
  /** What the learner writes, without endings, such as `1-key`; a snapshot with its whole name. */
  files: string[];
  /** What each of these is. */
  kinds: Record<string, FileKind>;
  /** Files of other lessons that must lie beside these, without endings. */
  beside: string[];
  /** Names that the task asks for: of functions, keys, channels. The engine must not know them. */
  names: string[];
  /** Lessons of other courses that do the same work, such as `first-steps/3`. */
  twins: string[];
  level: 'mandatory' | 'advanced';
  /** What a pass counts, in place of what the course has for the level. */
  weight?: number;
  /** Minutes that the task needs. */
  minutes: number;
  /** The new words that the text explains. */
  words: string[];
  /** What runs side by side, in this order, by names without endings; absent: the files. */
  run?: string[];
  /** Paths to ask its server for, such as `/list`; absent where it is no server. */
  ask?: string[];
  /**
   * What must stand before pieces of code of the text so that each can run by itself, TypeScript: of its
   * statements each gets those whose names it uses.
   */
  cells?: string;
  /** From a nudge to the answer. */
  hints: Hint[];
  /** The text below the front matter, Markdown. */
  text: string;
  /** The folder, absolute. */
  folder: string;
}

export interface Hint {
  text: string;
  /** Failure classes that this hint follows from; absent: any. */
  when?: string[];
  /** It follows only if one of these words stands in what the failure saw. */
  seen?: string[];
  /** It follows only if one of these stands in what was expected, and not in what was seen. */
  lacks?: string[];
}

/** Whether a file of the lesson is a snapshot of Redis. */
export function isSnapshot({ kinds }: Pick<Lesson, 'kinds'>, name: string): boolean {
  return kinds[name] === 'snapshot';
}

/** Whether the lesson asks for a snapshot, so that there is nothing to run or to edit. */
export function hasSnapshot(lesson: Lesson): boolean {
  return lesson.files.some((name) => isSnapshot(lesson, name));
}
