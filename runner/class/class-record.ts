import * as v from 'valibot';

const text = v.string();
const date = v.pipe(v.string(), v.isoTimestamp());

/** What is kept of a class beside the results: who is in it, and how it is counted. */
export const classRecordSchema = v.strictObject({
  schema: v.literal(1),
  gradedAt: date,
  /** What it is graded in, as the assignment of a learning platform is called. */
  title: text,
  /** The lessons that are graded, in order. */
  lessons: v.array(
    v.strictObject({
      /** As it is typed, such as `5` or `COURSE/5`. */
      name: text,
      title: text,
      /** What a pass of the whole lesson counts. */
      points: v.number(),
    }),
  ),
  learners: v.array(
    v.strictObject({
      name: text,
      folder: text,
      id: v.optional(text),
      email: v.optional(text),
      section: v.optional(text),
      /** The id of what was handed in; absent if it was refused, or has not been read yet. */
      submission: v.optional(text),
      /** Why nothing could be taken from the folder, and what to do. */
      refusal: v.optional(v.strictObject({ message: text, next: text })),
      /** Names that were passed over: links and the like. */
      leftOut: v.optional(v.array(text), []),
      /** When it was handed in. */
      at: v.optional(date),
      /** By when it had to be, with an extension if there is one. */
      due: v.optional(date),
    }),
  ),
  /** What a late submission loses. */
  lateness: v.optional(
    v.strictObject({
      /** For so many minutes after the date nothing is lost. */
      graceMinutes: v.number(),
      /** So many percent of the points for each day that has begun. */
      percentADay: v.number(),
    }),
  ),
});

export type ClassRecord = v.InferOutput<typeof classRecordSchema>;
export type ClassLearner = ClassRecord['learners'][number];
