import fs from 'node:fs';
import * as v from 'valibot';
import { type LastVerdict, verdictSchema } from './progress';
import { type Read, readRecord, recordFile, type WriteOptions, writeRecord } from './record';

/*
 * What is remembered of a course, in `.workbook/progress/COURSE`: of each lesson the last verdict
 * in ID.json and the hints given in ID.hints.json, and the lesson opened last in `last-opened`.
 * Verdict and hints are two files, as two commands write them that may run side by side. Each file
 * is replaced in one step and none holds what another command remembers: no lock is needed.
 */

/** The course that comes with the workbook. */
export const firstCourse = 'queuing';

/** The version of these files. */
const schema = 2;
const verdictFile = v.object({ schema: v.literal(schema), ...verdictSchema.entries });
const hintsFile = v.object({
  schema: v.literal(schema),
  /** By their place, from 0. */
  given: v.array(v.pipe(v.number(), v.integer())),
});

/** The ids of the lessons of which anything is remembered. */
export function lessonsOn(workspace: string, course: string): string[] {
  const folder = recordFile(workspace, ['progress', course]);
  if (!fs.existsSync(folder)) return [];
  const ids = fs.readdirSync(folder).map((name) => /^([^.]+)(?:\.hints)?\.json$/.exec(name)?.[1]);
  return [...new Set(ids)].filter((id) => id !== undefined);
}

/** The last verdict on a lesson. @throws EnvironmentError as readRecord does */
export function readVerdict(workspace: string, id: string, course: string): Read<LastVerdict> {
  const { value, setAside } = readRecord(workspace, verdictIn(course, id), verdictFile);
  if (!value) return { setAside };
  const { schema: _, ...verdict } = value;
  return { value: verdict };
}

/** Which hints were given. @throws EnvironmentError as readRecord does */
export function readHints(workspace: string, id: string, course: string): Read<number[]> {
  const { value, setAside } = readRecord(workspace, hintsIn(course, id), hintsFile);
  return { value: value?.given, setAside };
}

/** The id of the lesson opened last. @throws EnvironmentError as readRecord does */
export function readLast(workspace: string, course: string): Read<string> {
  return readRecord(workspace, lastIn(course), v.string());
}

/** When that was written, in ms since 1970; 0 for never. */
export function lastWrittenAt(workspace: string, course: string): number {
  return (
    fs.statSync(recordFile(workspace, lastIn(course)), { throwIfNoEntry: false })?.mtimeMs ?? 0
  );
}

/** Writes a verdict. @throws EnvironmentError as writeRecord does */
export function writeVerdict(
  workspace: string,
  id: string,
  verdict: LastVerdict,
  course: string,
  options?: WriteOptions,
): void {
  writeRecord(workspace, verdictIn(course, id), { schema, ...verdict }, options);
}

/** Writes which hints were given. @throws EnvironmentError as writeRecord does */
export function writeHints(
  workspace: string,
  id: string,
  given: readonly number[],
  course: string,
  options?: WriteOptions,
): void {
  writeRecord(workspace, hintsIn(course, id), { schema, given }, options);
}

/** Writes which lesson was opened last. @throws EnvironmentError as writeRecord does */
export function writeLast(
  workspace: string,
  id: string,
  course: string,
  options?: WriteOptions,
): void {
  writeRecord(workspace, lastIn(course), id, options);
}

function verdictIn(course: string, id: string): string[] {
  return ['progress', course, `${id}.json`];
}

function hintsIn(course: string, id: string): string[] {
  return ['progress', course, `${id}.hints.json`];
}

function lastIn(course: string): string[] {
  return ['progress', course, 'last-opened'];
}
