import { parse } from 'yaml';
import { z } from 'zod';
import type { Lesson } from './lesson';

const frontMatter = z.strictObject({
  number: z.int().min(0).max(99).describe("the task's number in the course"),
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and dashes')
    .describe('a name that never changes: progress is kept under it'),
  title: z.string().min(1).describe('what the list calls the lesson'),
  files: z.array(z.string().min(1)).min(1).describe('what the learner writes, without endings'),
  level: z.enum(['mandatory', 'advanced']).describe('whether the course asks it of everyone'),
  minutes: z.number().positive().describe('how long the task takes, in minutes'),
  words: z.array(z.string()).default([]).describe('the new words that the text explains'),
  run: z.array(z.string().min(1)).optional().describe('what runs side by side, in this order'),
  ask: z.array(z.string().startsWith('/')).optional().describe('paths to ask its server for'),
  hints: z
    .array(
      z.strictObject({
        text: z.string().min(1).describe('one hint, Markdown'),
        when: z.array(z.string()).optional().describe('the failure classes it follows from'),
      }),
    )
    .default([])
    .describe('from a nudge to the answer'),
});

/**
 * Reads a lesson.md: front matter between two lines of ---, then the text.
 * @throws Error whose message names what is wrong, and the field where there is one
 */
export function readLessonText(source: string): Omit<Lesson, 'folder'> {
  const [, head, text] = /^---\n(.*?\n)---\n(.*)$/s.exec(source) ?? [];
  if (head === undefined || text === undefined) {
    throw new Error('it does not begin with front matter between two lines of ---');
  }
  const fields = frontMatter.safeParse(parseYaml(head));
  if (!fields.success) {
    const issue = fields.error.issues[0];
    throw new Error(`field "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'invalid'}`);
  }
  return { ...fields.data, text: text.trim() };
}

function parseYaml(head: string): unknown {
  try {
    return parse(head);
  } catch (error) {
    throw new Error(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not YAML');
  }
}
