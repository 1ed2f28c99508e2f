import * as v from 'valibot';
import type { Graded } from '../../course/grading';
import { failureClasses, type PartVerdict } from '../../grading/verdict';
import { isolations } from '../../sandbox/isolation/level';

const outcome = v.picklist(['passed', 'failed', 'missing']);
const whole = v.pipe(v.number(), v.integer());

const partSchema = v.strictObject({
  /** Its name as it was found; without an ending where it is missing. */
  file: v.string(),
  verdict: outcome,
  /** What is wrong; absent after a pass. */
  finding: v.optional(
    v.strictObject({
      class: v.picklist(failureClasses),
      message: v.string(),
      next: v.string(),
      line: v.optional(whole),
      expected: v.optional(v.string()),
      seen: v.optional(v.string()),
    }),
  ),
});

const lessonSchema = v.variant('verdict', [
  v.strictObject({
    /** As it is typed, such as `5` or `COURSE/5`. */
    name: v.string(),
    verdict: outcome,
    parts: v.array(partSchema),
    advice: v.array(v.string()),
    /** How long grading took, in milliseconds. */
    ms: whole,
  }),
  v.strictObject({
    name: v.string(),
    /** Whoever grades is at fault: it says nothing of the file. */
    verdict: v.literal('fault'),
    /** Why, a sentence. */
    cause: v.string(),
  }),
]);

/** What came of one submission, with nobody's name in it. */
export const gradedSubmissionSchema = v.strictObject({
  schema: v.literal(1),
  id: v.string(),
  gradedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** The versions of the workbook and of Redis. */
  workbook: v.string(),
  redis: v.string(),
  /** What held the programs. */
  isolation: v.picklist(isolations),
  lessons: v.array(lessonSchema),
});

export type GradedSubmission = v.InferOutput<typeof gradedSubmissionSchema>;
export type GradedLesson = v.InferOutput<typeof lessonSchema>;
export type GradedPart = v.InferOutput<typeof partSchema>;

/** A verdict as it is kept. */
export function gradedLesson(name: string, { verdict }: Graded): GradedLesson {
  return {
    name,
    verdict: verdict.verdict,
    parts: verdict.parts.map(gradedPart),
    advice: verdict.advice,
    ms: Math.round(verdict.ms),
  };
}

/** How much is kept of what was expected and of what was seen, in characters. */
const longest = 2000;

function gradedPart({ file, verdict, finding }: PartVerdict): GradedPart {
  if (!finding) return { file, verdict };
  const { class: failure, message, next, line, expected, seen } = finding;
  return {
    file,
    verdict,
    finding: {
      class: failure,
      message,
      next,
      ...(line === undefined ? {} : { line }),
      ...(expected === undefined ? {} : { expected: expected.slice(0, longest) }),
      ...(seen === undefined ? {} : { seen: seen.slice(0, longest) }),
    },
  };
}
