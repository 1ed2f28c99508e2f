import {
  firstCourse,
  lastWrittenAt,
  lessonsOn,
  readHints,
  readLast,
  readVerdict,
  writeHints,
  writeLast,
  writeVerdict,
} from './lesson-record';
import { takeOverOldRecord } from './old-record';
import type { LastVerdict, Progress } from './progress';
import type { Read } from './record';

/**
 * Reads what is remembered of a course; nothing yet is an empty record. Files that cannot be
 * understood are renamed, never dropped.
 * @returns the progress, and the new names of damaged files
 * @throws EnvironmentError where a file is there and cannot be read, or is damaged and cannot be renamed
 */
export function readProgress(
  workspace: string,
  course: string,
): { progress: Progress; setAside: string[] } {
  const setAside: string[] = [];
  const value = <T>(read: Read<T>): T | undefined => {
    if (read.setAside !== undefined) setAside.push(read.setAside);
    return read.value;
  };
  const old = value(takeOverOldRecord(workspace));
  // Where nothing can be written it could not be taken over, and is shown all the same.
  const before = course === firstCourse ? old : undefined;
  const lessons = { ...before?.lessons };
  for (const id of lessonsOn(workspace, course)) {
    const verdict = value(readVerdict(workspace, id, course)) ?? lessons[id];
    const hints = value(readHints(workspace, id, course)) ?? lessons[id]?.hints ?? [];
    lessons[id] = { ...verdict, hints };
  }
  const last = value(readLast(workspace, course)) ?? before?.last;
  return { progress: { lessons, ...(last === undefined ? {} : { last }) }, setAside };
}

/**
 * Remembers a verdict on a lesson, and when it first passed. Of two at once the later stays.
 * @throws EnvironmentError where it cannot be written; what was remembered is still there then
 */
export function recordVerdict(
  workspace: string,
  course: string,
  id: string,
  verdict: LastVerdict,
): void {
  const before = readVerdict(workspace, id, course).value;
  const passedAt = before?.passedAt ?? verdict.passedAt;
  writeVerdict(workspace, id, { ...verdict, passedAt }, course);
}

/**
 * Remembers that a hint was given, by its place, from 0.
 * @throws EnvironmentError where it cannot be written
 */
export function recordHint(workspace: string, course: string, id: string, hint: number): void {
  const given = new Set(readHints(workspace, id, course).value).add(hint);
  writeHints(workspace, id, [...given], course);
}

/** When a lesson of the course was opened last, in ms since 1970; 0 for never. */
export function lastOpenedAt(workspace: string, course: string): number {
  return lastWrittenAt(workspace, course);
}

/**
 * Remembers which lesson was opened last, so that the menu can resume there.
 * @throws EnvironmentError where it cannot be written
 */
export function rememberLast(workspace: string, course: string, id: string): void {
  writeLast(workspace, id, course);
}
