import fs from 'node:fs';
import path from 'node:path';
import { programEndings } from '../../program-file';
import { EnvironmentError } from '../../redis/instance';
import { asTypedByAnyone } from '../../start-command';
import { isSnapshot, type Lesson } from '../lesson';
import { projectFolder } from '../project-folder';
import { copyStarter } from './copy-starter';

/** Where the learner's files are. */
export interface Workspace {
  /** Absolute. */
  folder: string;
  /** True for a folder given by --dir: nothing is ever written there. */
  readOnly: boolean;
  /** The names of the starters that opening it has just laid out. */
  laidOut: string[];
}

/**
 * The folder of the learner's own files: WORKBOOK_HOME where that is set; `workspace/` beside the
 * lessons; or, where the workbook is installed as a package or cannot write to itself, `./workspace`,
 * or the current folder if that is a workspace.
 */
export function workspaceFolder(
  env = process.env,
  cwd = process.cwd(),
  project = projectFolder(),
): string {
  if (env.WORKBOOK_HOME) return path.resolve(cwd, env.WORKBOOK_HOME);
  const isInstalled = project.split(path.sep).includes('node_modules');
  if (!isInstalled && writable(project)) return path.join(project, 'workspace');
  return isFolder(path.join(cwd, '.workbook')) ? cwd : path.join(cwd, 'workspace');
}

/**
 * Opens the learner's workspace; makes it, and lays out the starters that are not there yet.
 * A file that is there is never touched.
 * @throws EnvironmentFault where it cannot be written
 */
export function openWorkspace(lessons: readonly Lesson[], folder = workspaceFolder()): Workspace {
  try {
    fs.mkdirSync(folder, { recursive: true });
    return {
      folder,
      readOnly: false,
      laidOut: lessons.flatMap((each) => layOutMissing(each, folder)),
    };
  } catch (error) {
    throw new EnvironmentError(
      `The workspace ${folder} cannot be written (${code(error)}).`,
      'Set WORKBOOK_HOME to a folder of your own, and start again.',
    );
  }
}

/** The starter of one of the course's files; undefined where there is none. */
export function starterOf(lesson: Lesson, name: string): string | undefined {
  return ['.ts', '.js', '']
    .map((ending) => path.join(lesson.folder, 'starter', name + ending))
    .find(isFile);
}

/**
 * Finds a course file in a learner's folder. With more than one ending there, the one
 * that is no longer the starter counts, and .ts before .js.
 * @param name without its ending, such as `1-key`; of a snapshot its whole name
 * @returns an absolute path; undefined where it is missing
 */
export function findFile(lesson: Lesson, folder: string, name: string): string | undefined {
  const named = endings(lesson, name).map((ending) => path.join(folder, name + ending));
  const there = named.filter(isFile);
  // A folder of that name is no file, but whoever made it is told so.
  if (there.length === 0) return named.find(isFolder);
  if (there.length === 1) return there[0];
  return there.find((file) => !isStarter(lesson, name, file)) ?? there[0];
}

/** Every course file of a folder, and what must lie beside one, by name without ending. */
export function findFiles(lessons: readonly Lesson[], folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const owned = lessons.flatMap((lesson) => lesson.files.map((name) => ({ lesson, name })));
  const beside = lessons.flatMap((lesson) => lesson.beside.map((name) => ({ lesson, name })));
  for (const { lesson, name } of [...owned, ...beside]) {
    const file = name in found ? undefined : findFile(lesson, folder, name);
    if (file !== undefined) found[name] = file;
  }
  return found;
}

/**
 * Whether a folder has a program of these lessons: a snapshot lies in the root of many a repository
 * that has nothing else of a course there.
 * @param begun one that is no longer the starter
 */
export function holdsFiles(
  lessons: readonly Lesson[],
  folder: string,
  { begun = false } = {},
): boolean {
  return lessons.some((lesson) =>
    lesson.files.some((name) => {
      const file = isSnapshot(lesson, name) ? undefined : findFile(lesson, folder, name);
      return file !== undefined && !(begun && isStarter(lesson, name, file));
    }),
  );
}

/** Whether a learner's file still holds the starter's text, line ends and the way to type commands apart. */
export function isStarter(lesson: Lesson, name: string, file: string): boolean {
  const starter = starterOf(lesson, name);
  const [laidOut, own] = [starter && textOf(starter), textOf(file)];
  return laidOut !== undefined && own !== undefined && asTypedByAnyone(laidOut).includes(own);
}

/** The endings that a lesson's file may have; none for a snapshot, whose name is whole. */
export function endings(lesson: Lesson, name: string): string[] {
  return isSnapshot(lesson, name) ? [''] : [...programEndings];
}

function layOutMissing(lesson: Lesson, folder: string): string[] {
  return lesson.files.flatMap((name) => {
    const starter = starterOf(lesson, name);
    const there = endings(lesson, name).some((ending) =>
      fs.existsSync(path.join(folder, name + ending)),
    );
    return starter === undefined || there ? [] : (copyStarter(starter, folder) ?? []);
  });
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim();
  } catch {
    return undefined;
  }
}

function isFile(file: string): boolean {
  return statsOf(file)?.isFile() ?? false;
}

function isFolder(file: string): boolean {
  return statsOf(file)?.isDirectory() ?? false;
}

/** Nothing where it is not there, or where the folder around it cannot be entered. */
function statsOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function writable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function code(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
