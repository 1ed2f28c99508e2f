import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Course } from '../course/course';
import { courseFingerprint } from '../course/folder/fingerprint';
import { projectFolder } from '../course/project-folder';

/** What of Node's version a verdict depends on: its first number. */
export const nodeLine = process.versions.node.split('.')[0] ?? '';

/**
 * The hash of all that a verdict depends on, beside the files and Redis: the checks of these courses,
 * the engine below them, and what Node is used. Two machines of one fingerprint grade alike.
 * @returns 16 hexadecimal digits
 */
export function graderFingerprint(courses: readonly Course[]): string {
  const hash = createHash('sha256');
  hash.update(nodeLine);
  for (const { id, lessons } of courses) {
    for (const lesson of lessons) hash.update(`\0${id}/${lesson.id} ${courseFingerprint(lesson)}`);
  }
  const runner = path.join(projectFolder(), 'runner');
  for (const floor of floors) {
    for (const file of filesBelow(path.join(runner, floor))) {
      hash.update(`\0${path.relative(runner, file)}\0`).update(fs.readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Where the engine is that grades: what is above them only shows what came of it. */
const floors = ['vocabulary', 'grading', 'sandbox', 'redis'];

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
