import path from 'node:path';
import { type Course, workedVersion } from './course';
import type { Workspace } from './folder/workspace';
import { findFile, isStarter } from './folder/workspace';
import { hasSnapshot, isSnapshot, type Lesson } from './lesson';
import { UsageError } from './usage-error';

/** One program of a run. */
export interface Planned {
  /** Its name without ending. */
  name: string;
  /** Absolute. */
  file: string;
  lesson: Lesson;
  /** True for the worked version in the place of what the learner has not written yet. */
  standIn: boolean;
  /** Modules that the learner's take the place of: absolute path to absolute path. */
  replaced: Record<string, string>;
}

/** What to plan from: the course, and whose files. */
export interface PlanRequest {
  course: Course;
  workspace: Workspace;
  /** The worked versions throughout. */
  solution: boolean;
}

/**
 * What runs for a lesson: the programs that its front matter names, or its files. Where the
 * learner has begun one of the lesson's files, worked versions stand in for the rest.
 * @throws UsageFault where there is nothing to run, or a file of the lesson is missing
 */
export function planLesson(request: PlanRequest, lesson: Lesson): Planned[] {
  if (hasSnapshot(lesson)) throw nothingToRun(lesson);
  const own = (name: string) => ownFile(request, lesson, name);
  const begun = lesson.files.some((name) => isBegun(request, lesson, name));
  return (lesson.run ?? lesson.files).map((name) => {
    const needed = lesson.files.includes(name) && !begun;
    const mine = needed ? expectFile(request, lesson, name) : own(name);
    if (request.solution || mine === undefined) return worked(request, lesson, name);
    return { name, file: mine, lesson, standIn: false, replaced: {} };
  });
}

/** One file of a lesson, by itself. @throws UsageFault where it is missing */
export function planFile(request: PlanRequest, lesson: Lesson, name: string): Planned {
  if (isSnapshot(lesson, name)) throw nothingToRun(lesson);
  if (request.solution) return worked(request, lesson, name);
  const file = expectFile(request, lesson, name);
  return { name, file, lesson, standIn: false, replaced: {} };
}

/** The learner's version, where there is more in it than the starter. */
function ownFile(request: PlanRequest, lesson: Lesson, name: string): string | undefined {
  const owner = request.course.lessons.find(({ files }) => files.includes(name)) ?? lesson;
  const file = findFile(owner, request.workspace.folder, name);
  return file !== undefined && !isStarter(owner, name, file) ? file : undefined;
}

function isBegun(request: PlanRequest, lesson: Lesson, name: string): boolean {
  return request.solution || ownFile(request, lesson, name) !== undefined;
}

function expectFile({ workspace, solution }: PlanRequest, lesson: Lesson, name: string): string {
  const file = findFile(lesson, workspace.folder, name);
  if (file !== undefined || solution) return file ?? '';
  throw new UsageError(
    `There is no ${name}.ts or ${name}.js in ${workspace.folder}.`,
    workspace.readOnly
      ? 'Give --dir the folder that holds your files.'
      : `Write it, or put what its lesson begins with back: reset ${name}.`,
  );
}

/** A worked version; what it imports of the lesson's own files is the learner's. */
function worked(request: PlanRequest, lesson: Lesson, name: string): Planned {
  const file = workedVersion(request.course, name, lesson);
  const replaced = request.solution
    ? []
    : lesson.files.flatMap((one) => {
        const mine = findFile(lesson, request.workspace.folder, one);
        return mine === undefined ? [] : [[path.join(lesson.folder, `${one}.ts`), mine]];
      });
  return { name, file, lesson, standIn: !request.solution, replaced: Object.fromEntries(replaced) };
}

function nothingToRun(lesson: Lesson): UsageError {
  return new UsageError(
    `Lesson ${lesson.number} has nothing to run: it asks for a dump.`,
    'Make one at the prompt of the command redis.',
  );
}
