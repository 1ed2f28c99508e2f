import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { workedVersion } from '../../runner/course/course';
import { gradingTerms } from '../../runner/course/grading';
import { isSnapshot, type Lesson } from '../../runner/course/lesson';
import type { GradeRequest } from '../../runner/grading/grade';
import type { Finding, PartVerdict, Verdict } from '../../runner/grading/verdict';
import type { RedisSource } from '../../runner/redis/instance';
import type { Fault } from '../../runner/sandbox/tap/faults';
import { graded, gradedTwice } from './graded';
import { queuing } from './queuing';

/** One file with the verdict that it must get. */
export interface Trial {
  lesson: Lesson;
  kind: 'worked' | 'starter' | 'right' | 'wrong';
  /** The course's name of the file that it stands for, such as `1-redis_op`. */
  file: string;
  /** Where it lies, absolute. */
  path: string;
  /** Other course files to lay beside it, by name, absolute. */
  beside: Record<string, string>;
  /** Its folder's package.json says that its files are ECMAScript modules. */
  module?: boolean;
  /** What it must be told; nothing where it must pass, or may fail in any way (starters). */
  expected?: Pick<Finding, 'class' | 'message'>;
}

const declarations = v.record(
  v.string(),
  v.strictObject({
    file: v.string(),
    class: v.optional(v.string()),
    message: v.optional(v.string()),
    module: v.optional(v.boolean()),
    with: v.optional(v.record(v.string(), v.string())),
  }),
);

/** Every trial of the course: worked versions, starters and cases. */
export function allTrials(lessons = queuing.lessons): Trial[] {
  return lessons.flatMap((lesson) => [
    ...lesson.files.map((file) =>
      own(lesson, 'worked', file, workedVersion(queuing, file, lesson)),
    ),
    ...lesson.files
      .filter((file) => !isSnapshot(lesson, file))
      .map((file) =>
        own(lesson, 'starter', file, path.join(lesson.folder, 'starter', `${file}.ts`)),
      ),
    ...declared(lesson, path.join(lesson.folder, 'cases'), 'cases.yml'),
  ]);
}

/**
 * Each trial all of whose files import and export, none of which asks for CommonJS, in a folder of
 * the type “module”.
 */
export function asModules(trials: readonly Trial[]): Trial[] {
  const isModule = (file: string) =>
    !/\b(?:require\(|exports\b|__dirname|__filename)/.test(readFileSync(file, 'utf8'));
  return trials
    .filter(({ path, beside }) => [path, ...Object.values(beside)].every(isModule))
    .map((trial) => ({ ...trial, module: true }));
}

/** The text of the file that is graded. */
export function textOf(trial: Trial): string {
  return readFileSync(trial.path, 'utf8');
}

/** The trial's name for a person: its lesson's folder and its file. */
export function trialName(trial: Trial): string {
  return path.relative(path.dirname(trial.lesson.folder), trial.path);
}

/**
 * Grades a trial in a folder of its own, under the course's name of the file.
 * @param given what goes wrong between a program and Redis, and what ends the grading early
 * @throws EnvironmentFault where there is no Redis to be had
 */
export async function runTrial(
  trial: Trial,
  redis: RedisSource,
  given: { fault?: Fault; signal?: AbortSignal } = {},
): Promise<PartVerdict> {
  return inFolder(trial, async (laid) =>
    partOf(trial, laid, await graded({ ...request(trial, laid), redis, ...given })),
  );
}

/**
 * As {@link runTrial}, and once more with what the first time used made ready, as while watching.
 * @returns both verdicts
 */
export async function runTrialTwice(trial: Trial, redis: RedisSource): Promise<PartVerdict[]> {
  return inFolder(trial, async (laid) => {
    const verdicts = await gradedTwice({ ...request(trial, laid), redis });
    return verdicts.map((verdict) => partOf(trial, laid, verdict));
  });
}

/** The learner's files, by name, and the folder that they are in. */
type Laid = Pick<GradeRequest, 'files' | 'folder'>;

async function inFolder<T>(trial: Trial, work: (laid: Laid) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-trial-'));
  try {
    const files: Record<string, string> = {};
    for (const [name, from] of Object.entries({ ...trial.beside, [trial.file]: trial.path })) {
      const ending = isSnapshot(trial.lesson, name) ? '' : path.extname(from);
      files[name] = path.join(folder, name + ending);
      copyFileSync(from, files[name]);
    }
    if (trial.module) writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
    return await work({ files, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function request({ lesson }: Trial, laid: Laid): Omit<GradeRequest, 'redis'> {
  return { ...laid, ...gradingTerms(queuing, lesson) };
}

function partOf({ lesson, file }: Trial, { files }: Laid, { parts }: Verdict): PartVerdict {
  const label = path.basename(files[file] ?? '');
  const part = parts.find((one) => one.file === label);
  if (!part) throw new Error(`the check of lesson ${lesson.number} has no part for ${label}`);
  return part;
}

/** What is wrong with the verdict that a trial got; nothing where it is the expected one. */
export function differenceFrom(trial: Trial, part: PartVerdict): string | undefined {
  const got = part.finding ? `${part.finding.class}: ${part.finding.message}` : part.verdict;
  if (trial.kind === 'worked' || trial.kind === 'right') {
    return part.verdict === 'passed' ? undefined : `should pass, got ${got}`;
  }
  if (part.verdict !== 'failed') return `should fail, got ${got}`;
  if (!trial.expected) return undefined;
  const wanted = `${trial.expected.class}: ${trial.expected.message}`;
  return got === wanted ? undefined : `should get ${wanted}\n  got        ${got}`;
}

function own(lesson: Lesson, kind: Trial['kind'], file: string, where: string): Trial {
  return { lesson, kind, file, path: where, beside: neighbours(lesson) };
}

/** What must lie beside the lesson's files, such as the function that tests are written for. */
function neighbours(lesson: Lesson): Record<string, string> {
  return Object.fromEntries(
    lesson.beside.map((name) => [name, workedVersion(queuing, name, lesson)]),
  );
}

function declared(lesson: Lesson, folder: string, list: string): Trial[] {
  const entries = v.parse(declarations, parse(readFileSync(path.join(folder, list), 'utf8')) ?? {});
  return Object.entries(entries).map(([name, entry]) => ({
    lesson,
    kind: name.startsWith('right/') ? 'right' : 'wrong',
    file: entry.file,
    path: path.join(folder, name),
    ...(entry.module ? { module: true } : {}),
    beside: {
      ...neighbours(lesson),
      ...Object.fromEntries(
        Object.entries(entry.with ?? {}).map(([file, where]) => [file, path.join(folder, where)]),
      ),
    },
    ...(entry.class === undefined
      ? {}
      : { expected: { class: entry.class as Finding['class'], message: entry.message ?? '' } }),
  }));
}
