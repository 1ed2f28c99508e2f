import { furtherVersion } from '../course/course';
import type { Lesson } from '../course/lesson';
import { UsageError } from '../course/usage-error';
import type { Session } from './session';

/** A file of a lesson, and where the workbook's version of it lies. */
export interface Version {
  name: string;
  /** Absolute. */
  file: string;
}

/**
 * What goes further than a lesson's task, for those of the files that have such a version.
 * @throws UsageError where none of them has
 */
export function furtherVersions(
  session: Session,
  lesson: Lesson,
  names: readonly string[] = lesson.files,
): Version[] {
  const versions = versionsOf(lesson, names);
  if (versions.length > 0) return versions;
  const able = session.lessons.filter((one) => hasFurther(one));
  throw new UsageError(
    `Lesson ${session.addressOf(lesson)} has nothing that goes further than its task.`,
    able.length > 0
      ? `These have: ${able.map((one) => session.addressOf(one)).join(', ')}.`
      : `Its worked version: ${session.command(`solution ${session.addressOf(lesson)}`)}`,
  );
}

/** Whether something goes further than a lesson's task, or than that of the files named. */
export function hasFurther(lesson: Lesson, names: readonly string[] = lesson.files): boolean {
  return versionsOf(lesson, names).length > 0;
}

/** How to ask for what goes further than a lesson's task. */
export function furtherCommand(session: Session, lesson: Lesson): string {
  return session.command(`solution ${session.addressOf(lesson)} --further`);
}

function versionsOf(lesson: Lesson, names: readonly string[]): Version[] {
  return names.flatMap((name) => {
    const file = furtherVersion(lesson, name);
    return file === undefined ? [] : [{ name, file }];
  });
}
