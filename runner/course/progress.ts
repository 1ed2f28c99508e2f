import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { datedName } from './dated-name';

/** How a lesson stands. */
export type LessonState =
  | 'not started'
  | 'started'
  | 'passed'
  | 'failed'
  /** Graded, and edited since. */
  | 'changed'
  /** Graded, and the course has been updated since. */
  | 'check again';

/** What is remembered of one lesson. */
export type ProgressEntry = z.infer<typeof entrySchema>;
export type Progress = z.infer<typeof progressSchema>;

/** What is read of the learner's files to tell a state: see fingerprint.ts. */
export interface Now {
  /** The hash of the learner's files for the lesson. */
  files: string;
  /** The hash of the lesson's check. */
  course: string;
  /** False while every file is missing or still the starter. */
  begun: boolean;
}

/** The state of a lesson, from what was graded and what is there now. */
export function stateOf(entry: ProgressEntry | undefined, now: Now): LessonState {
  if (!entry?.verdict) return now.begun ? 'started' : 'not started';
  if (!now.begun && entry.verdict !== 'passed') return 'not started';
  if (entry.files !== now.files) return now.begun ? 'changed' : 'not started';
  if (entry.course !== now.course) return 'check again';
  return entry.verdict === 'passed' ? 'passed' : 'failed';
}

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
 */
export function readProgress(workspace: string): { progress: Progress; setAside?: string } {
  const file = progressFile(workspace);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return { progress: empty() };
  }
  const read = progressSchema.safeParse(parsed(text));
  if (read.success) return { progress: read.data };
  return { progress: empty(), setAside: setAside(file) };
}

/**
 * Changes what is remembered. The file is read anew first, so that two workbooks side by side
 * lose nothing of each other's, and replaced in one step.
 */
export function changeProgress(workspace: string, change: (progress: Progress) => void): void {
  const { progress } = readProgress(workspace);
  change(progress);
  const file = progressFile(workspace);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  fs.writeFileSync(beside, `${JSON.stringify(progress, null, 2)}\n`);
  fs.renameSync(beside, file);
}

const entrySchema = z.object({
  verdict: z.enum(['passed', 'failed', 'missing']).optional().describe('the last verdict'),
  class: z.string().optional().describe('the class of the last failure: hints follow from it'),
  message: z.string().optional().describe('what was wrong, in one sentence'),
  files: z.string().optional().describe("the hash of the learner's files that were graded"),
  course: z.string().optional().describe('the hash of the check that graded them'),
  gradedAt: z.string().optional().describe('when, ISO 8601'),
  passedAt: z.string().optional().describe('when it first passed, ISO 8601'),
  hints: z.array(z.int()).default([]).describe('which hints were given, by their place, from 0'),
});

const progressSchema = z.object({
  schema: z.literal(1).describe('the version of this format'),
  last: z.string().optional().describe('the id of the lesson last opened'),
  lessons: z.record(z.string(), entrySchema).describe('by lesson id'),
});

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

function setAside(file: string): string {
  const name = datedName(path.dirname(file), 'progress-damaged', '.json');
  fs.renameSync(file, name);
  return name;
}
