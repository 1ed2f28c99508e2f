import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GradeRequest } from '../grading/grade';
import type { GradingMonitor } from '../grading/grading-monitor';
import type { Verdict } from '../grading/verdict';
import type { RedisSource } from '../redis/instance';
import type { Isolation } from '../sandbox/isolation/level';
import type { WarmPool } from '../sandbox/process/warm-pool';
import { type Course, workedVersion } from './course';
import { courseFingerprint, fingerprint } from './folder/fingerprint';
import { findFiles, isStarter } from './folder/workspace';
import type { Lesson } from './lesson';
import { recordVerdict, rememberLast } from './progress/progress-file';
import { withoutStandstill } from './standstill';

/** What to grade, and with what. */
export interface GradingRequest {
  lesson: Lesson;
  /** The whole course: a lesson may use the files of another. */
  course: Course;
  /** The learner's folder. */
  folder: string;
  /** Grade the worked version in place of the learner's. */
  solution?: boolean;
  redis: RedisSource;
  /** Processes that wait for the programs, where the same ones run again and again. */
  warmPool?: WarmPool | undefined;
  /** What holds the programs; the guard without it. */
  isolation?: Isolation;
  signal?: AbortSignal;
  /** Told what the check does, for whoever looks on. */
  monitor?: GradingMonitor;
}

/** A graded lesson. */
export interface Graded {
  lesson: Lesson;
  verdict: Verdict;
  /** Absolute paths of the lesson's files that were graded, in the lesson's order. */
  files: string[];
  /** The hash of those files as they were when grading began. */
  fingerprint: string;
}

/**
 * Grades one lesson in a learner's folder, or its worked version; once more, with what is there then,
 * if the workbook was stopped meanwhile.
 * @throws EnvironmentFault where there is no Redis; the signal's reason where it was cut short
 */
export function gradeLesson(request: GradingRequest): Promise<Graded> {
  return withoutStandstill(request.signal, (signal) => gradeOnce({ ...request, signal }));
}

async function gradeOnce(request: GradingRequest & { signal: AbortSignal }): Promise<Graded> {
  const { lesson, course, folder, solution, redis, warmPool, signal, monitor } = request;
  const { isolation } = request;
  const files = solution ? workedFiles(course, lesson) : findFiles(course.lessons, folder);
  const graded = lesson.files.flatMap((name) => files[name] ?? []);
  const before = fingerprint(graded);
  const { grade } = await import('../grading/grade');
  const verdict = await grade({
    ...gradingTerms(course, lesson),
    files,
    unbegun: solution ? {} : unbegun(lesson, files),
    folder: solution ? lesson.folder : folder,
    redis,
    warmPool,
    ...(isolation ? { isolation } : {}),
    signal,
    ...(monitor ? { monitor } : {}),
  });
  return { lesson, verdict, files: graded, fingerprint: before };
}

/** How much is remembered of what was expected and of what was seen, in characters. */
const longest = 2000;

/** Remembers a verdict on the learner's own files. */
export function rememberVerdict(
  workspace: string,
  course: string,
  { lesson, verdict, fingerprint }: Graded,
): void {
  const now = new Date().toISOString();
  recordVerdict(workspace, course, lesson.id, {
    verdict: verdict.verdict,
    class: verdict.finding?.class,
    message: verdict.finding?.message,
    expected: verdict.finding?.expected?.slice(0, longest),
    seen: verdict.finding?.seen?.slice(0, longest),
    files: fingerprint,
    course: courseFingerprint(lesson),
    gradedAt: now,
    passedAt: verdict.verdict === 'passed' ? now : undefined,
  });
  rememberLast(workspace, course, lesson.id);
}

/** What grading is told of a lesson, whoever's files are graded. */
export function gradingTerms(
  course: Course,
  lesson: Lesson,
): Pick<GradeRequest, 'check' | 'kinds' | 'course' | 'worked'> {
  return {
    check: path.join(lesson.folder, 'check.ts'),
    kinds: lesson.kinds,
    course,
    worked: (name) => workedVersion(course, name, lesson),
  };
}

/** The texts of the lesson's files that are still the starters. */
function unbegun(lesson: Lesson, files: Readonly<Record<string, string>>): Record<string, string> {
  const starters = lesson.files.flatMap((name) => {
    const file = files[name];
    return file !== undefined && isStarter(lesson, name, file) ? [[name, file] as const] : [];
  });
  return Object.fromEntries(starters.map(([name, file]) => [name, readFileSync(file, 'utf8')]));
}

function workedFiles(course: Course, lesson: Lesson): Record<string, string> {
  const names = [...course.lessons.flatMap(({ files }) => files), ...lesson.beside];
  return Object.fromEntries(names.map((name) => [name, workedVersion(course, name, lesson)]));
}
