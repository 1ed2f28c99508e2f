import * as v from 'valibot';
import type { Lesson } from './lesson';
import { parseYaml, strictly } from './yaml';

const text = v.pipe(v.string(), v.nonEmpty());

/** A program by its name alone, any other file with its kind. */
const lessonFile = v.union([
  v.pipe(
    text,
    v.transform((name) => ({ name, kind: 'program' as const })),
  ),
  v.strictObject({ name: text, kind: v.picklist(['program', 'test', 'snapshot']) }),
]);

const frontMatter = v.strictObject({
  /** A name that never changes: progress is kept under it. */
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and dashes')),
  /** What the list calls the lesson. */
  title: text,
  /** What the learner writes, without endings; a snapshot with its whole name. */
  files: v.pipe(v.array(lessonFile), v.nonEmpty()),
  /** Files of other lessons that must lie beside these, without endings. */
  beside: v.optional(v.array(text), []),
  /** Names that the task asks for: of functions, keys, channels. */
  names: v.optional(v.array(text), []),
  /** Lessons of other courses that do the same work, by course and number, such as first-steps/3. */
  twins: v.optional(v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*\/\d{1,2}$/))), []),
  /** Whether the course asks it of everyone. */
  level: v.picklist(['mandatory', 'advanced']),
  /** What a pass counts in a class, in place of what course.yml has for its level. */
  weight: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  /** How long the task takes, in minutes. */
  minutes: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  /** The new words that the text explains. */
  words: v.optional(v.array(v.string()), []),
  /** What runs side by side, in this order. */
  run: v.optional(v.array(text)),
  /** Paths to ask its server for. */
  ask: v.optional(v.array(v.pipe(v.string(), v.startsWith('/')))),
  /** What must stand before pieces of code of the text so that each can run by itself, TypeScript. */
  cells: v.optional(text),
  /** From a nudge to the answer. */
  hints: v.optional(
    v.array(
      v.strictObject({
        /** One hint, Markdown. */
        text,
        /** The failure classes it follows from. */
        when: v.optional(v.array(v.string())),
        /** Words of which it needs one in what the failure saw. */
        seen: v.optional(v.array(v.string())),
        /** Words of which it needs one in what was expected and not seen. */
        lacks: v.optional(v.array(v.string())),
      }),
    ),
    [],
  ),
});

/**
 * Reads a lesson.md: front matter between two lines of ---, then the text.
 * @throws Error whose message names what is wrong, and the field where there is one
 */
export function readLessonText(source: string): Omit<Lesson, 'course' | 'number' | 'folder'> {
  const [, head, body] = /^---\n(.*?\n)---\n(.*)$/s.exec(source) ?? [];
  if (head === undefined || body === undefined) {
    throw new Error('it does not begin with front matter between two lines of ---');
  }
  const { files, ...fields } = strictly(frontMatter, parseYaml(head));
  return {
    ...fields,
    files: files.map(({ name }) => name),
    kinds: Object.fromEntries(files.map(({ name, kind }) => [name, kind])),
    text: body.trim(),
  };
}
