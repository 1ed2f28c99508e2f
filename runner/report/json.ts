import path from 'node:path';
import { z } from 'zod';
import type { Graded } from '../course/grading';
import type { PartVerdict } from '../grader/verdict';
import type { RedisSource } from '../redis/instance';

/** The version of the object that `check --json` prints; raised when a reader could break. */
export const schemaVersion = 1;

const outcome = z.enum(['passed', 'failed', 'missing']);

/** One file of a lesson. */
export const partSchema = z.strictObject({
  file: z.string().describe('its name as it was found; without an ending where it is missing'),
  verdict: outcome,
  message: z.string().describe('what is wrong, one line; empty after a pass'),
});

/** One lesson. */
export const lessonSchema = z.strictObject({
  number: z.int().describe("the task's number"),
  id: z.string().describe("the lesson's lasting name"),
  files: z.array(z.string()).describe('the files that were graded, as they were found'),
  verdict: outcome,
  class: z.string().optional().describe('the class of failure; absent where none failed'),
  message: z.string().describe('what is wrong, one line; empty after a pass'),
  next: z.string().describe('the next step, one line; empty after a pass'),
  advice: z.array(z.string()).describe('worth knowing, never failing'),
  ms: z.int().min(0).describe('how long grading took, in milliseconds'),
  parts: z.array(partSchema),
});

/** What `check --json` prints: one object. */
export const reportSchema = z.strictObject({
  schema: z.literal(schemaVersion).describe('the version of this format'),
  redis: z
    .strictObject({ kind: z.enum(['server', 'embedded', 'url']), version: z.string() })
    .nullable()
    .describe('the Redis in use; null where none could be had'),
  lessons: z.array(lessonSchema).describe('in the order of their numbers'),
  error: z
    .strictObject({
      kind: z.enum(['usage', 'environment', 'workbook']).describe('whose fault: exit code 2, 3, 3'),
      message: z.string(),
      next: z.string(),
    })
    .optional()
    .describe('why there are no verdicts; absent where grading went through'),
});

export type JsonReport = z.infer<typeof reportSchema>;

/** The object for a run that went through. */
export function jsonReport(redis: RedisSource, graded: readonly Graded[]): JsonReport {
  return {
    schema: schemaVersion,
    redis: { kind: redis.kind, version: redis.version },
    lessons: graded.map(lessonOf),
  };
}

/** The object for a run that could not be. */
export function jsonFault(error: NonNullable<JsonReport['error']>): JsonReport {
  return { schema: schemaVersion, redis: null, lessons: [], error };
}

function lessonOf({ lesson, verdict, files }: Graded): JsonReport['lessons'][number] {
  const failing = verdict.parts.find((part) => part.verdict !== 'passed');
  const finding = verdict.finding ?? failing?.finding;
  return {
    number: lesson.number,
    id: lesson.id,
    files: files.map((file) => path.basename(file)),
    verdict: verdict.verdict,
    ...(finding && verdict.verdict === 'failed' ? { class: finding.class } : {}),
    message: oneLine(finding?.message ?? ''),
    next: oneLine(finding?.next ?? ''),
    advice: verdict.advice.map(oneLine),
    ms: Math.round(verdict.ms),
    parts: verdict.parts.map(partOf),
  };
}

function partOf(part: PartVerdict): z.infer<typeof partSchema> {
  const { file, verdict, finding } = part;
  return { file, verdict, message: oneLine(finding?.message ?? '') };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
