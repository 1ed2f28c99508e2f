import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openReadOnlyFolder } from '../../course/folder/read-only-folder';
import { type Graded, gradeLesson } from '../../course/grading';
import type { Lesson } from '../../course/lesson';
import type { Shelf } from '../../course/shelf';
import { workbookVersion } from '../../course/version';
import { sideBySide } from '../../grading/side-by-side';
import type { RedisSource } from '../../redis/instance';
import { temporaryFolderFault } from '../../redis/temporary';
import { htmlReport } from '../../report/html/report';
import { errorReport } from '../../report/terminal/error-report';
import type { Isolation } from '../../sandbox/isolation/level';
import { reaper } from '../../sandbox/process/reaper';
import {
  type GradedLesson,
  type GradedSubmission,
  gradedLesson,
} from '../results/graded-submission';
import { unpack } from '../submission/packing';
import { SubmissionRefusal } from '../submission/refusal';
import { type FaultKind, faultKindOf, GraderFault } from './fault-kind';

/** One submission, and with what it is graded. */
export interface SubmissionRequest {
  id: string;
  packed: Uint8Array;
  /** The lessons by their names on the command line. */
  lessons: readonly string[];
  shelf: Shelf;
  /** Where the programs' Redis comes from: never the queue's own. */
  redis: RedisSource;
  /** What holds the programs. */
  isolation: Isolation;
  signal: AbortSignal;
}

/** What came of it, and the page for its learner. */
export interface GradedPage {
  graded: GradedSubmission;
  page: string;
}

/** An attempt at a submission: what could be graded, and why not all. */
export interface GradingAttempt {
  result: GradedPage;
  /** Absent if all was graded. */
  fault?: GraderFault;
}

/**
 * Grades a submission in a folder of its own, each lesson as `check` does it. A lesson that cannot be
 * graded, for whatever reason, is a fault of whoever grades; the others are graded all the same.
 * @throws the signal's reason once that is aborted; SubmissionRefusal for what cannot be unpacked,
 * EnvironmentError if there is no room for it
 */
export async function gradeSubmission(request: SubmissionRequest): Promise<GradingAttempt> {
  const { id, packed, shelf, redis, isolation } = request;
  const lessons = request.lessons.map((name) => shelf.find(name, shelf.first).lesson);
  // With links followed: checks compare names with what programs say.
  const folder = path.join(realpathSync(os.tmpdir()), `workbook-class-${randomUUID()}`);
  // Known to the reaper before it is there: a worker that is killed leaves nothing behind.
  const forget = reaper.folder(folder);
  try {
    layOut(packed, folder);
    const attempts = await gradedIn(openReadOnlyFolder(lessons, folder).folder, lessons, request);
    const workbook = workbookVersion();
    const at = new Date();
    const done = attempts.flatMap(({ name, graded }) => (graded ? [{ name, graded }] : []));
    const graded: GradedSubmission = {
      schema: 1,
      id,
      gradedAt: at.toISOString(),
      workbook,
      redis: `${redis.kind} ${redis.version}`,
      isolation,
      lessons: attempts.map(({ kept }) => kept),
    };
    const page = htmlReport({
      lessons: done,
      redis,
      at,
      what: 'as they were handed in',
      workbook,
      node: process.versions.node,
    });
    const fault = attempts.find((one) => one.fault)?.fault;
    return { result: { graded, page }, ...(fault ? { fault } : {}) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    forget();
  }
}

/** @throws EnvironmentError if there is no room; SubmissionRefusal for what no workbook packed */
function layOut(packed: Uint8Array, folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
    unpack(packed, folder);
  } catch (error) {
    if (error instanceof SubmissionRefusal) throw error;
    throw temporaryFolderFault(error, path.dirname(folder));
  }
}

interface Attempt {
  name: string;
  kept: GradedLesson;
  /** Absent after a fault. */
  graded?: Graded;
  fault?: GraderFault;
}

/** How many lessons of one folder run at once: a check waits for most of its time. */
const lessonsAtOnce = 2;

async function gradedIn(
  folder: string,
  lessons: readonly Lesson[],
  { shelf, redis, isolation, signal }: SubmissionRequest,
): Promise<Attempt[]> {
  const attempt = async (lesson: Lesson, stop: AbortSignal): Promise<Attempt> => {
    const name = shelf.addressOf(lesson);
    const failed = (cause: string, kind: FaultKind): Attempt => ({
      name,
      kept: { name, verdict: 'fault', cause },
      fault: new GraderFault(`Lesson ${name}: ${cause}`, kind),
    });
    try {
      const course = shelf.courseOf(lesson);
      const graded = await gradeLesson({
        lesson,
        course,
        folder,
        redis,
        isolation,
        signal: stop,
      });
      const ofMachine = graded.verdict.parts.find(({ finding }) => finding?.environment)?.finding;
      if (ofMachine) return failed(ofMachine.message, 'redis');
      return { name, graded, kept: gradedLesson(name, graded) };
    } catch (error) {
      stop.throwIfAborted();
      return failed(errorReport(error).message, faultKindOf(error));
    }
  };
  const attempts: Attempt[] = [];
  for await (const one of sideBySide(lessons, lessonsAtOnce, attempt, signal)) attempts.push(one);
  return attempts;
}
