import path from 'node:path';
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
 * @throws UsageFault that names the nearest lessons
 */
export function lookUp(lessons: readonly Lesson[], word: string): Found {
  const wanted = path.basename(word.trim()).toLowerCase();
  const bare = wanted.replace(/\.(ts|js)$/, '');
  const numbered = /^\d{1,2}$/.test(wanted) ? Number(wanted) : undefined;
  for (const lesson of lessons) {
    if (lesson.number === numbered) return { lesson };
    if (wanted === lesson.id || wanted === path.basename(lesson.folder)) return { lesson };
  }
  for (const lesson of lessons) {
    const file = lesson.files.find((name) => name.toLowerCase() === bare);
    if (file !== undefined) return { lesson, file };
  }
  throw unknown(lessons, word, bare);
}

function unknown(lessons: readonly Lesson[], word: string, bare: string): UsageError {
  const first = lessons[0]?.number ?? 0;
  const last = lessons.at(-1)?.number ?? 0;
  const names = lessons.flatMap((lesson) => [lesson.id, ...lesson.files]);
  const folders = lessons.map((lesson) => path.basename(lesson.folder));
  const near = /^\d{2}-/.test(bare) ? nearest(bare, folders) : nearest(bare, names);
  return new UsageError(
    `There is no lesson "${word}".`,
    near.length > 0
      ? `Nearest: ${near.map((name) => describe(lessons, name)).join(', ')}.`
      : `Name one by its number, ${first} to ${last}, by its folder, or by one of its files.`,
  );
}

function describe(lessons: readonly Lesson[], name: string): string {
  const lesson = lessons.find(
    ({ id, files, folder }) =>
      id === name || files.includes(name) || path.basename(folder) === name,
  );
  return lesson ? `${name} (lesson ${lesson.number})` : name;
}
