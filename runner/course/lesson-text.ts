import * as v from 'valibot';
import { parse } from 'yaml';
import type { Lesson } from './lesson';

const text = v.pipe(v.string(), v.nonEmpty());

const frontMatter = v.strictObject({
  /** The task's number in the course. */
  number: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99)),
  /** A name that never changes: progress is kept under it. */
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and dashes')),
  /** What the list calls the lesson. */
  title: text,
  /** What the learner writes, without endings. */
  files: v.pipe(v.array(text), v.nonEmpty()),
  /** Whether the course asks it of everyone. */
  level: v.picklist(['mandatory', 'advanced']),
  /** How long the task takes, in minutes. */
  minutes: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  /** The new words that the text explains. */
  words: v.optional(v.array(v.string()), []),
  /** What runs side by side, in this order. */
  run: v.optional(v.array(text)),
  /** Paths to ask its server for. */
  ask: v.optional(v.array(v.pipe(v.string(), v.startsWith('/')))),
  /** From a nudge to the answer. */
  hints: v.optional(
    v.array(
      v.strictObject({
        /** One hint, Markdown. */
        text,
        /** The failure classes it follows from. */
        when: v.optional(v.array(v.string())),
      }),
    ),
    [],
  ),
});

/**
 * Reads a lesson.md: front matter between two lines of ---, then the text.
 * @throws Error whose message names what is wrong, and the field where there is one
 */
export function readLessonText(source: string): Omit<Lesson, 'folder'> {
  const [, head, body] = /^---\n(.*?\n)---\n(.*)$/s.exec(source) ?? [];
  if (head === undefined || body === undefined) {
    throw new Error('it does not begin with front matter between two lines of ---');
  }
  const fields = v.safeParse(frontMatter, parseYaml(head));
  if (!fields.success) {
    const [issue] = fields.issues;
    throw new Error(`field "${v.getDotPath(issue) ?? ''}": ${issue.message}`);
  }
  return { ...fields.output, text: body.trim() };
}

function parseYaml(head: string): unknown {
  try {
    return parse(head);
  } catch (error) {
    throw new Error(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not YAML');
  }
}
