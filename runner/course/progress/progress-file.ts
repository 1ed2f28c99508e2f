import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { EnvironmentError } from '../../redis/instance';
import { datedName } from '../folder/dated-name';
import { type Holding, underLock } from './lock';
import { type Progress, progressSchema } from './progress';

/** Remembers which lesson was opened last, so that the menu can resume there. */
export function rememberLast(workspace: string, id: string): void {
  changeProgress(workspace, (progress) => {
    progress.last = id;
  });
}

/** Where progress is kept, in the learner's own workspace. */
export function progressFile(workspace: string): string {
  return path.join(workspace, '.workbook', 'progress.json');
}

/**
 * Reads what is remembered; nothing yet is an empty record. A file that cannot be understood is
 * renamed, never dropped.
 * @returns the progress, and the new name of a damaged file
 * @throws EnvironmentFault where it is there and cannot be read, or is damaged and cannot be renamed
 */
export function readProgress(workspace: string): { progress: Progress; setAside?: string } {
  const file = progressFile(workspace);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { progress: empty() };
    throw new EnvironmentError(
      `The record of your progress cannot be read (${codeOf(error)}): ${file}`,
      'Make it readable, or move it away to begin a new one.',
    );
  }
  const read = v.safeParse(progressSchema, parsed(text));
  if (read.success) return { progress: read.output };
  return { progress: empty(), ...setAside(file) };
}

/**
 * Changes what is remembered. It is read anew and replaced in one step, under a lock, so that
 * workbooks side by side lose nothing of each other's: of two verdicts on one lesson the later stays.
 * @param change called again where somebody else has come between
 * @throws EnvironmentFault where it cannot be written; what was remembered is still there then
 */
export function changeProgress(workspace: string, change: (progress: Progress) => void): void {
  const file = progressFile(workspace);
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    while (!underLock(`${file}.lock`, (holds) => replaced(workspace, change, holds)));
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError(
      `Your progress could not be written (${codeOf(error)}): ${file}`,
      'Make room there, or set WORKBOOK_HOME to a folder of your own.',
    );
  }
}

/** @returns false where the lock was lost meanwhile, and nothing was done */
function replaced(
  workspace: string,
  change: (progress: Progress) => void,
  holds: Holding,
): boolean {
  const { progress } = readProgress(workspace);
  change(progress);
  const file = progressFile(workspace);
  const beside = `${file}.new`;
  try {
    fs.writeFileSync(beside, `${JSON.stringify(progress, null, 2)}\n`, { flush: true });
    if (!holds()) return false;
    fs.renameSync(beside, file);
    return true;
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
}

function empty(): Progress {
  return { schema: 1, lessons: {} };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function setAside(file: string): { setAside?: string } {
  const name = datedName(path.dirname(file), 'progress-damaged', '.json');
  try {
    fs.renameSync(file, name);
    return { setAside: name };
  } catch (error) {
    // Another workbook has just done the same.
    if (codeOf(error) === 'ENOENT') return {};
    throw new EnvironmentError(
      `The record of your progress is damaged and cannot be renamed (${codeOf(error)}): ${file}`,
      'Move it away to begin a new one.',
    );
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
