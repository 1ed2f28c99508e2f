import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CourseTerms } from '../grading/course-terms';
import { isSnapshot, type Lesson } from './lesson';

/** A course as its folder declares it: course.yml, and the lessons in the order of their numbers. */
export interface Course extends CourseTerms {
  /** Stable name, such as `queuing`. */
  id: string;
  title: string;
  /** What it is about, one sentence. */
  description: string;
  /** Absolute. */
  folder: string;
  lessons: readonly Lesson[];
  /** The finished snapshot, absolute: what a run starts from; absent where the course has none. */
  snapshot?: string;
  /** Folders of `runner/vocabulary` that its checks are written in. */
  vocabularies: readonly string[];
  /** What one passed lesson of each level counts. */
  points: Readonly<Record<Lesson['level'], number>>;
}

/**
 * The worked version of any file of the course.
 * @param name without its ending, such as `1-key`
 * @param lesson whose own folder is looked in first
 * @returns an absolute path; one that does not exist where no lesson has the file
 */
export function workedVersion(course: Course, name: string, lesson?: Lesson): string {
  const own = lesson && path.join(lesson.folder, `${name}.ts`);
  if (own !== undefined && existsSync(own)) return own;
  const owner = course.lessons.find(({ files }) => files.includes(name));
  const folder = owner?.folder ?? course.folder;
  if (!owner || !isSnapshot(owner, name)) return path.join(folder, `${name}.ts`);
  return course.snapshot ?? path.join(folder, name);
}

/**
 * What goes further than a file's task asks, such as what is missed under load.
 * @param name without its ending, such as `1-key`
 * @returns an absolute path; nothing where the lesson has no such version
 */
export function furtherVersion({ folder }: Lesson, name: string): string | undefined {
  const file = path.join(folder, furtherFolder, `${name}.ts`);
  return existsSync(file) ? file : undefined;
}

/** Where a lesson keeps what goes further than its task. */
export const furtherFolder = 'going-further';

/** What learners call the snapshot that a run starts from; nothing where the course has none. */
export function snapshotName({ snapshot }: Course): string | undefined {
  return snapshot && path.basename(snapshot);
}
