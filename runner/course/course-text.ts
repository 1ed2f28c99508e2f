import * as v from 'valibot';
import { parseYaml, strictly } from './yaml';

const text = v.pipe(v.string(), v.nonEmpty());
const major = v.pipe(v.number(), v.integer(), v.minValue(0));

const courseSchema = v.strictObject({
  /** A name that never changes. */
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and dashes')),
  title: text,
  /** What it is about, one sentence. */
  description: text,
  /** The lessons' folders by their numbers. */
  lessons: v.record(v.pipe(v.string(), v.regex(/^\d{1,2}$/, 'a number from 0 to 99')), text),
  /** The port on which its servers listen. */
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535)),
  /** The finished snapshot, from the course's folder; the workbook has one of that name too. */
  snapshot: v.optional(text),
  /** What the workbook lends if the learner's folder has no package of that name, or none that is newer. */
  packages: v.array(
    v.strictObject({
      name: text,
      major,
      /** The name under which the workbook has this version, if that is another. */
      from: v.optional(text),
      /** Others of these that it loads by itself only when it is used. */
      loads: v.optional(v.array(text)),
      for: v.picklist(['programs', 'tests']),
    }),
  ),
  /** What its package.json has for the command line alone: a program that imports one gets nothing of it. */
  tools: v.optional(v.array(text), []),
  /** Who reads a program of which neither its name nor a package.json says whether it is a module. */
  reader: v.optional(v.picklist(['babel', 'node']), 'babel'),
  /** The client of Redis that is taught. */
  client: v.strictObject({ package: text, major }),
  /** Folders of runner/vocabulary that its checks are written in. */
  vocabularies: v.array(text),
  /** What one passed lesson counts. */
  points: v.strictObject({
    mandatory: v.pipe(v.number(), v.minValue(0)),
    advanced: v.pipe(v.number(), v.minValue(0)),
  }),
});

/** A course.yml as it is written. */
export type CourseText = v.InferOutput<typeof courseSchema>;

/**
 * Reads a course.yml.
 * @throws Error whose message names what is wrong, and the field where there is one
 */
export function readCourseText(source: string): CourseText {
  return strictly(courseSchema, parseYaml(source));
}
