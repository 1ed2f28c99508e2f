import path from 'node:path';
import { type Course, furtherVersion, workedVersion } from '../../../runner/course/course';
import { courses } from '../../support/courses';

/** The worked version of a file of a course, such as `0-redis_client.ts`: absolute. */
export function lessonFile(name: string): string {
  const bare = path.basename(name, '.ts');
  return workedVersion(courseWith(bare), bare);
}

/** What goes further than the task of such a file: absolute. */
export function furtherFile(name: string): string {
  const bare = path.basename(name, '.ts');
  const lesson = courseWith(bare).lessons.find(({ files }) => files.includes(bare));
  const file = lesson && furtherVersion(lesson, bare);
  if (file === undefined) throw new Error(`Nothing goes further than ${name}.`);
  return file;
}

function courseWith(file: string): Course {
  const found = courses.find(({ lessons }) => lessons.some(({ files }) => files.includes(file)));
  if (!found) throw new Error(`No course has a file ${file}.`);
  return found;
}
