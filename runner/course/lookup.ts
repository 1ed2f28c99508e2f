import path from 'node:path';
import { withoutEnding } from '../program-file';
import { nearest } from './distance';
import type { Lesson } from './lesson';
import { UsageError } from './usage-error';

/** What a word on the command line named. */
export interface Found {
  lesson: Lesson;
  /** Where the word was one file's name: that name without its ending. */
  file?: string;
}

/**
 * Finds a lesson by its number, its folder's name, its id, or the name of one of its files, with or
 * without an ending and whatever the case of the letters.
 */
export function findLesson(lessons: readonly Lesson[], word: string): Found | undefined {
  const wanted = path.basename(word.trim()).toLowerCase();
  const bare = withoutEnding(wanted);
  const numbered = /^\d{1,2}$/.test(wanted) ? Number(wanted) : undefined;
  for (const lesson of lessons) {
    if (lesson.number === numbered) return { lesson };
    if (wanted === lesson.id || wanted === path.basename(lesson.folder)) return { lesson };
  }
  for (const lesson of lessons) {
    const file = lesson.files.find((name) => name.toLowerCase() === bare);
    if (file !== undefined) return { lesson, file };
  }
  return undefined;
}

/**
 * Says that a word names no lesson, and which are nearest.
 * @param lessons those that a number may name
 * @param all those that a name may be of
 * @param addressOf how each is named on the command line
 */
export function unknownLesson(
  lessons: readonly Lesson[],
  all: readonly Lesson[],
  word: string,
  addressOf: (lesson: Lesson) => string,
): UsageError {
  const bare = withoutEnding(path.basename(word.trim()).toLowerCase());
  const first = lessons[0]?.number ?? 0;
  const last = lessons.at(-1)?.number ?? 0;
  const names = all.flatMap((lesson) => [lesson.id, ...lesson.files]);
  const folders = all.map((lesson) => path.basename(lesson.folder));
  const near = /^\d{2}-/.test(bare) ? nearest(bare, folders) : nearest(bare, names);
  return new UsageError(
    `There is no lesson "${word}".`,
    near.length > 0
      ? `Nearest: ${near.map((name) => describe(all, name, addressOf)).join(', ')}.`
      : `Name one by its number, ${first} to ${last}, by its folder, or by one of its files.`,
  );
}

function describe(
  lessons: readonly Lesson[],
  name: string,
  addressOf: (lesson: Lesson) => string,
): string {
  const lesson = lessons.find(
    ({ id, files, folder }) =>
      id === name || files.includes(name) || path.basename(folder) === name,
  );
  return lesson ? `${name} (lesson ${addressOf(lesson)})` : name;
}
