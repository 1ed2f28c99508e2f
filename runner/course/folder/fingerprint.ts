import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Lesson } from '../lesson';

/**
 * A hash over files' names and contents; a file that cannot be read counts as empty.
 * @returns 16 hexadecimal digits: enough to tell versions apart, short enough to read
 */
export function fingerprint(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    hash.update(`${path.basename(file)}\0`);
    hash.update(contents(file));
    hash.update('\0');
  }
  return short(hash.digest('hex'));
}

/**
 * The hash of all that a lesson is graded by: its check with everything in `check/`, its load, the
 * files that its front matter asks for and runs, the worked versions that the check starts, and the
 * course's vocabulary. The text, the hints, the starter and the cases are left out: a word that is
 * mended there takes no pass away.
 * @returns 16 hexadecimal digits
 */
export function courseFingerprint(lesson: Lesson): string {
  const course = path.dirname(lesson.folder);
  const own = [
    path.join(lesson.folder, 'check.ts'),
    path.join(lesson.folder, 'load.ts'),
    ...filesBelow(path.join(lesson.folder, 'check')),
  ];
  const files = [
    ...own,
    ...workedVersionsIn(own, course),
    ...filesBelow(path.join(course, 'vocabulary')),
  ];
  const hash = createHash('sha256').update(JSON.stringify([lesson.files, lesson.run]));
  for (const file of files) {
    hash.update(`\0${path.relative(course, file)}\0${known(file)?.hash ?? ''}`);
  }
  return short(hash.digest('hex'));
}

/** What is kept of a file of the course: its hash, and the worked versions that it names. */
interface Known {
  stamp: string;
  hash: string;
  worked: string[];
}

/** By path. A menu asks for all lessons at each drawing, and most of them share a vocabulary. */
const kept = new Map<string, Known>();

function known(file: string): Known | undefined {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) return undefined;
  const stamp = `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`;
  const before = kept.get(file);
  if (before?.stamp === stamp) return before;
  const text = contents(file);
  const worked = [...text.toString().matchAll(/[wW]orked\(\s*'([^']+)'/g)].map(
    ([, name = '']) => name,
  );
  const now = { stamp, hash: createHash('sha256').update(text).digest('hex'), worked };
  kept.set(file, now);
  return now;
}

/** Where the course has worked versions of the files that a check names: `runWorked('2-two')`. */
function workedVersionsIn(files: readonly string[], course: string): string[] {
  const names = [...new Set(files.flatMap((file) => known(file)?.worked ?? []))].sort();
  if (names.length === 0) return [];
  const folders = fs
    .readdirSync(course, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort();
  return names.flatMap((name) =>
    folders.map((folder) => path.join(course, folder, `${name}.ts`)).filter((file) => known(file)),
  );
}

function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function contents(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function short(hash: string): string {
  return hash.slice(0, 16);
}
