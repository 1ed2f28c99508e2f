import fs from 'node:fs';
import path from 'node:path';
import { workspaceFolder } from '../course/folder/workspace';
import { UsageError } from '../course/usage-error';
import { EnvironmentError } from '../redis/instance';
import { writeAtomically } from '../write-atomically.cjs';
import type { Session } from './session';

/** A file that the workbook writes for somebody to keep. */
export interface ResultFile {
  /** What it is called where only a folder was given, or nothing. */
  name: string;
  /** What stands near the beginning of every file of this kind: only such a one is replaced. */
  mark: string | RegExp;
  /** The option that names it. */
  option: string;
}

/**
 * Decides where a result goes: the file or the folder given; otherwise the learner's workspace, or
 * for a folder of --dir the current one. Never into a folder that is only read, and never over a
 * file of another kind.
 * @returns an absolute path
 * @throws UsageError where it may not be written there
 */
export function resultPath(session: Session, given: string | undefined, kind: ResultFile): string {
  const file = given === undefined ? usualPlace(session, kind) : named(given, kind);
  if (isLocked(session, file)) {
    throw new UsageError(
      `${file} is in the folder of --dir, where nothing is written.`,
      `Name a file elsewhere: ${kind.option} FILE.`,
    );
  }
  expectReplaceable(file, kind);
  return file;
}

/**
 * As {@link resultPath}, for what no learner's folder has to do with.
 * @throws UsageError where it may not be written there
 */
export function givenResultPath(given: string, kind: ResultFile): string {
  const file = named(given, kind);
  expectReplaceable(file, kind);
  return file;
}

/**
 * @param words what else the option could have taken for its file
 * @throws UsageError for a name that has another ending than files of this kind
 */
export function expectName(given: string, { name, option }: ResultFile, words: string): void {
  const ending = path.extname(name);
  if (given.toLowerCase().endsWith(ending)) return;
  const article = ending === '.xml' ? 'an' : 'a';
  throw new UsageError(
    `"${given}" is not the name of ${article} ${ending.slice(1).toUpperCase()} file.`,
    `Name one, as in ${option}=${name}, or write ${option} behind the ${words}.`,
  );
}

/**
 * Writes a result in one step: a reader sees the old one or the new one.
 * @param mode who may read it, if it holds people's names
 * @throws EnvironmentError where it cannot be written
 */
export function writeResult(file: string, text: string, mode?: number): void {
  try {
    writeAtomically(file, text, { ...(mode === undefined ? {} : { mode }) });
  } catch (error) {
    throw new EnvironmentError(
      `${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
      'Name a file in a folder of your own.',
    );
  }
}

function expectReplaceable(file: string, kind: ResultFile): void {
  const folder = path.dirname(file);
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`There is no folder ${folder}.`, 'Make it first, or name another file.');
  }
  if (!replaceable(file, kind.mark)) {
    throw new UsageError(
      `${file} is there already, and it is not one that the workbook wrote.`,
      `Name another file: ${kind.option} FILE.`,
    );
  }
}

function usualPlace(session: Session, { name }: ResultFile): string {
  const { workspace } = session;
  if (!workspace.readOnly) return path.join(workspace.folder, name);
  const here = path.resolve(name);
  if (!isLocked(session, here)) return here;
  const home = workspaceFolder(session.env);
  fs.mkdirSync(home, { recursive: true });
  return path.join(home, name);
}

function named(given: string, { name }: ResultFile): string {
  const file = path.resolve(given);
  const folder = fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return folder ? path.join(file, name) : file;
}

/** Whether a file would be in the folder of --dir, however the two are written. */
function isLocked({ options, workspace }: Session, file: string): boolean {
  if (!workspace.readOnly || options.dir === undefined) return false;
  const inside = path.relative(real(options.dir), path.join(real(path.dirname(file)), 'file'));
  return inside.split(path.sep)[0] !== '..' && !path.isAbsolute(inside);
}

function real(folder: string): string {
  try {
    return fs.realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}

function replaceable(file: string, mark: ResultFile['mark']): boolean {
  if (!fs.existsSync(file)) return true;
  if (!fs.statSync(file).isFile()) return false;
  const start = Buffer.alloc(2000);
  const open = fs.openSync(file, 'r');
  const bytes = fs.readSync(open, start);
  fs.closeSync(open);
  if (bytes === 0) return true;
  return typeof mark === 'string' ? start.includes(mark) : mark.test(start.toString());
}
