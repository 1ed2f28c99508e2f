import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { keepVersion } from '../../course/folder/kept-version';
import { findFile } from '../../course/folder/workspace';
import { isSnapshot, type Lesson } from '../../course/lesson';
import { UsageError } from '../../course/usage-error';
import { EnvironmentError } from '../../redis/instance';
import { fileLabel } from '../../report/terminal/lesson-page';
import { writeAtomically } from '../../write-atomically.cjs';
import type { LessonFile, Saved } from '../protocol';

/** A file of a lesson as it lies in a folder now. */
export function readLessonFile(lesson: Lesson, folder: string, name: string): LessonFile {
  const file = findFile(lesson, folder, name);
  const kind = lesson.kinds[name] ?? 'program';
  const label = file === undefined ? fileLabel(lesson, name) : path.basename(file);
  const common = { name, label, kind, ...(file === undefined ? {} : { path: file }) };
  if (isSnapshot(lesson, name)) {
    return { ...common, version: '', locked: 'A dump of Redis is no text to edit.' };
  }
  if (file === undefined) return { ...common, text: '', version: versionOf('') };
  const text = textOf(file);
  if (text === undefined) {
    return { ...common, version: '', locked: `${label} is not a text that can be shown here.` };
  }
  return { ...common, text, version: versionOf(text) };
}

/**
 * Writes a file's new text, unless another stands there than the one it was made from.
 * @param base the version of that one
 * @param other a version that gives way to it, to be kept
 * @returns what is there afterwards, and whether that is the new text
 * @throws UsageError for a file that cannot be edited, EnvironmentError where it cannot be written
 */
export function saveLessonFile(
  lesson: Lesson,
  folder: string,
  name: string,
  { text, base, other }: { text: string; base: string; other?: string | undefined },
): Saved {
  const there = readLessonFile(lesson, folder, name);
  if (there.locked !== undefined) {
    throw new UsageError(there.locked, 'Edit it with the program that made it.');
  }
  const isSame = there.text === text && there.path !== undefined;
  if (!isSame && there.version !== base) return { saved: false, file: there };
  const kept =
    other === undefined
      ? {}
      : { kept: path.relative(folder, keepVersion(folder, there.label, other)) };
  if (!isSame) write(there.path ?? path.join(folder, there.label), text);
  return { saved: true, file: readLessonFile(lesson, folder, name), ...kept };
}

/** Whoever reads it meanwhile finds the old one or the new one; a link stays a link. */
function write(file: string, text: string): void {
  try {
    const stats = fs.statSync(file, { throwIfNoEntry: false });
    const place = stats ? fs.realpathSync(file) : file;
    if (stats) fs.accessSync(place, fs.constants.W_OK);
    writeAtomically(place, text, stats ? { mode: stats.mode } : {});
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new EnvironmentError(
      `${path.basename(file)} cannot be written (${code ?? error}).`,
      'Make the file and its folder writable, then save again. Your text is still in this page.',
    );
  }
}

/** Nothing for a folder, for what is too long to edit, and for what is no text. */
function textOf(file: string): string | undefined {
  try {
    if (fs.statSync(file).size > longest) return undefined;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fs.readFileSync(file));
  } catch {
    return undefined;
  }
}

/** In bytes. */
const longest = 1_000_000;

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
