import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { grade } from '../../grading/grade';
import { sideBySide } from '../../grading/side-by-side';
import { EnvironmentError, type RedisSource } from '../../redis/instance';
import type { Course } from '../course';
import type { Lesson } from '../lesson';
import type { Survey } from '../load-course';
import { type Case, readCases } from './cases';
import { lessonFiles } from './lesson-files';
import { caseTrials, differenceFrom, layOut, ownTrials, type Trial } from './trial';

/** What is looked at in each lesson, in the order of the table. */
export const aspects = [
  'starter',
  'server',
  'embedded',
  'right',
  'wrong',
  'hints',
  'names',
  'files',
] as const;

export type Aspect = (typeof aspects)[number];

/** How many of something are as they should be. */
export interface Tally {
  good: number;
  of: number;
}

/** What the self-test found in one lesson. */
export interface LessonResult {
  /** The lesson's folder, without what it lies in. */
  name: string;
  /** An aspect that was not looked at is absent. */
  tallies: Partial<Record<Aspect, Tally>>;
  /** What is wrong, a sentence or two lines each; empty where the lesson is sound. */
  faults: string[];
}

/** The kinds of Redis to try worked versions on; all else is tried on the embedded one. */
export interface Sources {
  server?: RedisSource;
  embedded: RedisSource;
}

/**
 * An author's test of a course: of each lesson that can be read, and of those that cannot. The
 * results come one by one, in the order of {@link lessonNames}.
 * @throws EnvironmentError where there is no Redis; the signal's reason where it was cut short
 */
export async function* testCourse(
  { course, broken }: Survey,
  sources: Sources,
  signal: AbortSignal,
): AsyncGenerator<LessonResult> {
  for (const lesson of course.lessons) yield await testLesson(course, lesson, sources, signal);
  for (const { name, error } of broken) yield { name, tallies: {}, faults: [error.message] };
  for (const name of unlisted({ course, broken })) {
    yield { name, tallies: {}, faults: ['course.yml does not list this lesson'] };
  }
}

/** The folders of all lessons of a course: those read, those broken, those that nothing names. */
export function lessonNames(survey: Survey): string[] {
  const listed = survey.course.lessons.map(({ folder }) => path.basename(folder));
  return [...listed, ...survey.broken.map(({ name }) => name), ...unlisted(survey)];
}

function unlisted({ course, broken }: Survey): string[] {
  const known = new Set([
    ...course.lessons.map(({ folder }) => path.basename(folder)),
    ...broken.map(({ name }) => name),
  ]);
  return readdirSync(course.folder)
    .filter((name) => !known.has(name))
    .filter((name) => existsSync(path.join(course.folder, name, 'lesson.md')))
    .sort();
}

/**
 * Tests one lesson: the starter fails, the worked version and what goes further pass on both kinds
 * of Redis, every case gets its declared verdict and message, there are hints and none is empty, no
 * other lesson has the same names, and no file lies there that belongs to nothing.
 * @throws EnvironmentError where there is no Redis; the signal's reason where it was cut short
 */
async function testLesson(
  course: Course,
  lesson: Lesson,
  sources: Sources,
  signal: AbortSignal,
): Promise<LessonResult> {
  const found = new Findings();
  const cases = casesOf(lesson, found);
  const works = [
    ...ownWorks(course, lesson, sources),
    ...caseWorks(course, lesson, cases, sources),
  ];
  const tried = sideBySide(
    works,
    os.availableParallelism(),
    (work, stop) => differenceOf(course, work, stop),
    signal,
  );
  let at = 0;
  for await (const difference of tried) {
    const work = works[at++];
    if (work) found.take(work.aspect, difference && `${work.name}: ${difference}`);
  }
  for (const kind of ['right', 'wrong'] as const) {
    if (!cases.some((one) => one.kind === kind))
      found.take(kind, `cases.yml lists no ${kind} case`);
  }
  takeHints(lesson, found);
  takeNames(course, lesson, found);
  const { all, stray } = lessonFiles(lesson, cases);
  for (const file of all) {
    found.take('files', stray.includes(file) ? `${file} belongs to nothing` : undefined);
  }
  return { name: path.basename(lesson.folder), ...found.result };
}

/** A trial on one kind of Redis. */
interface Work {
  aspect: Aspect;
  /** What to call it, from the lesson's folder. */
  name: string;
  trial: Trial;
  redis: RedisSource;
}

/** Counts what is as it should be, and keeps what is not. */
class Findings {
  readonly result: Omit<LessonResult, 'name'> = { tallies: {}, faults: [] };

  take(aspect: Aspect, fault: string | undefined): void {
    const { tallies, faults } = this.result;
    const { good, of } = tallies[aspect] ?? { good: 0, of: 0 };
    tallies[aspect] = { good: good + (fault === undefined ? 1 : 0), of: of + 1 };
    if (fault !== undefined) faults.push(fault);
  }
}

function casesOf(lesson: Lesson, found: Findings): Case[] {
  try {
    return readCases(lesson.folder);
  } catch (error) {
    found.take('files', `cases/cases.yml is broken: ${messageOf(error)}`);
    return [];
  }
}

function ownWorks(course: Course, lesson: Lesson, sources: Sources): Work[] {
  const { server, embedded } = sources;
  return ownTrials(course, lesson).flatMap((trial): Work[] => {
    const name = path.relative(lesson.folder, trial.path);
    if (trial.kind === 'starter') return [{ aspect: 'starter', name, trial, redis: embedded }];
    const on = (aspect: 'server' | 'embedded', redis: RedisSource): Work => ({
      aspect,
      name: `${trial.kind === 'worked' ? `the worked ${trial.file}` : name} on ${aspect === 'server' ? 'redis-server' : 'the embedded Redis'}`,
      trial,
      redis,
    });
    return [...(server ? [on('server', server)] : []), on('embedded', embedded)];
  });
}

function caseWorks(
  course: Course,
  lesson: Lesson,
  cases: readonly Case[],
  { embedded }: Sources,
): Work[] {
  return caseTrials(course, lesson, cases).map((trial) => ({
    aspect: trial.kind === 'right' ? 'right' : 'wrong',
    name: path.relative(path.join(lesson.folder, 'cases'), trial.path),
    trial,
    redis: embedded,
  }));
}

async function differenceOf(
  course: Course,
  { trial, redis }: Work,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return await layOut(course, trial, async ({ request, partOf }) =>
      differenceFrom(trial, partOf(await grade({ ...request, redis, signal }))),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EnvironmentError) throw error;
    return messageOf(error);
  }
}

function takeHints({ hints }: Lesson, found: Findings): void {
  if (hints.length === 0) found.take('hints', 'there is no hint');
  hints.forEach(({ text }, index) => {
    found.take('hints', text.trim() === '' ? `hint ${index + 1} is empty` : undefined);
  });
}

function takeNames(course: Course, lesson: Lesson, found: Findings): void {
  const others = course.lessons.filter((other) => other !== lesson);
  const shared = (holder: Lesson | undefined, what: string) =>
    holder && `${path.basename(holder.folder)} has ${what}, too`;
  found.take(
    'names',
    shared(
      others.find(({ id }) => id === lesson.id),
      `the id ${lesson.id}`,
    ),
  );
  for (const file of lesson.files) {
    found.take(
      'names',
      shared(
        others.find(({ files }) => files.includes(file)),
        `a file ${file}`,
      ),
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
