import path from 'node:path';
import * as v from 'valibot';
import type { Graded } from '../course/grading';
import type { PartVerdict } from '../grading/verdict';
import type { RedisSource } from '../redis/instance';
import { isolations } from '../sandbox/isolation/level';

/** The version of the object that `check --json` prints; raised when a reader could break. */
const schemaVersion = 1;

const outcome = v.picklist(['passed', 'failed', 'missing']);
const whole = v.pipe(v.number(), v.integer());

/** One file of a lesson. */
const partSchema = v.strictObject({
  /** Its name as it was found; without an ending where it is missing. */
  file: v.string(),
  verdict: outcome,
  /** The class of failure; absent after a pass. */
  class: v.optional(v.string()),
  /** What is wrong, one line; empty after a pass. */
  message: v.string(),
  /** The next step, one line; empty after a pass. */
  next: v.string(),
  /** The line of the file, from 1; absent where it is not known. */
  line: v.optional(whole),
});

/** One lesson. */
const lessonSchema = v.strictObject({
  /** The id of its course. */
  course: v.string(),
  /** The task's number. */
  number: whole,
  /** The lesson's lasting name. */
  id: v.string(),
  /** The files that were graded, as they were found. */
  files: v.array(v.string()),
  verdict: outcome,
  /** The class of failure; absent after a pass. */
  class: v.optional(v.string()),
  /** What is wrong, one line; empty after a pass. */
  message: v.string(),
  /** The next step, one line; empty after a pass. */
  next: v.string(),
  /** Worth knowing, never failing. */
  advice: v.array(v.string()),
  /** What held the programs. */
  isolation: v.picklist(isolations),
  /** How long grading took, in milliseconds. */
  ms: v.pipe(whole, v.minValue(0)),
  parts: v.array(partSchema),
});

/** What `check --json` prints: one object. */
export const reportSchema = v.strictObject({
  /** The version of this format. */
  schema: v.literal(schemaVersion),
  /** The Redis in use; null where none could be had. */
  redis: v.nullable(
    v.strictObject({ kind: v.picklist(['server', 'embedded', 'url']), version: v.string() }),
  ),
  /** In the order of their numbers. */
  lessons: v.array(lessonSchema),
  /** Why there are no verdicts; absent where grading went through. */
  error: v.optional(
    v.strictObject({
      /** Whose fault: exit code 2, 3, 3. */
      kind: v.picklist(['usage', 'environment', 'workbook']),
      message: v.string(),
      next: v.string(),
    }),
  ),
});

export type JsonReport = v.InferOutput<typeof reportSchema>;

/** The object for a run that went through. */
export function jsonReport(redis: RedisSource, graded: readonly Graded[]): JsonReport {
  return {
    schema: schemaVersion,
    redis: { kind: redis.kind, version: redis.version },
    lessons: graded.map(lessonOf),
  };
}

/** The object for a run that could not be. */
export function jsonError(error: NonNullable<JsonReport['error']>): JsonReport {
  return { schema: schemaVersion, redis: null, lessons: [], error };
}

function lessonOf({ lesson, verdict, files }: Graded): JsonReport['lessons'][number] {
  const failing = verdict.parts.find((part) => part.verdict !== 'passed');
  const finding = verdict.finding ?? failing?.finding;
  return {
    course: lesson.course,
    number: lesson.number,
    id: lesson.id,
    files: files.map((file) => path.basename(file)),
    verdict: verdict.verdict,
    ...(finding ? { class: finding.class } : {}),
    message: oneLine(finding?.message ?? ''),
    next: oneLine(finding?.next ?? ''),
    advice: verdict.advice.map(oneLine),
    isolation: verdict.isolation,
    ms: Math.round(verdict.ms),
    parts: verdict.parts.map(partOf),
  };
}

function partOf(part: PartVerdict): v.InferOutput<typeof partSchema> {
  const { file, verdict, finding } = part;
  return {
    file,
    verdict,
    ...(finding ? { class: finding.class } : {}),
    message: oneLine(finding?.message ?? ''),
    next: oneLine(finding?.next ?? ''),
    ...(finding?.line === undefined ? {} : { line: finding.line }),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
