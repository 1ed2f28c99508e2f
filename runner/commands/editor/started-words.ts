import path from 'node:path';
import { namedCourse } from '../../course/load-course';
import { projectFolder } from '../../course/project-folder';
import type { Session } from '../session';

/**
 * How an editor starts the workbook as this session was started, from whatever folder, for the same
 * course.
 * @param words the command
 */
export function startedWords(session: Session, words: readonly string[]): string[] {
  const { course = namedCourse(session.env) } = session.options;
  return [
    process.execPath,
    path.resolve(projectFolder(), 'runner/start.cjs'),
    ...words,
    ...(course === undefined ? [] : ['--course', fromAnywhere(course)]),
  ];
}

/** As {@link startedWords}, for a command that grades: with the same Redis, held by the same. */
export function gradingWords(session: Session, words: readonly string[]): string[] {
  const { offline, redis, isolation } = session.options;
  return [
    ...startedWords(session, words),
    ...(offline ? ['--offline'] : []),
    ...(redis === undefined ? [] : ['--redis', redis]),
    ...(isolation === undefined ? [] : ['--isolation', isolation]),
  ];
}

/** A name stays one; the path of a folder becomes absolute. */
function fromAnywhere(course: string): string {
  return /[\\/]/.test(course) ? path.resolve(course) : course;
}
