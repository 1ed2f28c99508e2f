import { courseFingerprint, fingerprint } from '../folder/fingerprint';
import { findFile, isStarter } from '../folder/workspace';
import type { Lesson } from '../lesson';
import { type LessonState, type Progress, type ProgressEntry, stateOf } from './progress';

/** A lesson and how it stands in one learner's folder. */
export interface LessonStatus {
  lesson: Lesson;
  state: LessonState;
  /** What is remembered of it; undefined where nothing is. */
  entry?: ProgressEntry;
  /** Absolute paths of the learner's files that are there. */
  files: string[];
}

/** How every lesson stands, in the course's order. */
export function statuses(
  lessons: readonly Lesson[],
  folder: string,
  progress: Progress,
): LessonStatus[] {
  return lessons.map((lesson) => statusOf(lesson, folder, progress));
}

/** How one lesson stands. */
export function statusOf(lesson: Lesson, folder: string, progress: Progress): LessonStatus {
  const named = lesson.files.map((name) => ({ name, file: findFile(lesson, folder, name) }));
  const files = named.flatMap(({ file }) => file ?? []);
  const begun = named.some(({ name, file }) => file && !isStarter(lesson, name, file));
  const entry = progress.lessons[lesson.id];
  const now = { files: fingerprint(files), course: courseFingerprint(lesson), begun };
  return { lesson, state: stateOf(entry, now), entry, files };
}
