import path from 'node:path';
import { furtherVersion, workedVersion } from '../../../runner/course/course';
import { queuing } from '../../support/queuing';

/** The worked version of a file of the course, such as `0-redis_client.ts`: absolute. */
export function lessonFile(name: string): string {
  return workedVersion(queuing, path.basename(name, '.ts'));
}

/** What goes further than the task of such a file: absolute. */
export function furtherFile(name: string): string {
  const stem = path.basename(name, '.ts');
  const lesson = queuing.lessons.find(({ files }) => files.includes(stem));
  const file = lesson && furtherVersion(lesson, stem);
  if (file === undefined) throw new Error(`Nothing goes further than ${name}.`);
  return file;
}
