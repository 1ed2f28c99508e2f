import type { Graded } from '../course/grading';
import type { Lesson } from '../course/lesson';
import type { RedisSource } from '../redis/instance';
import { jsonText } from './json-text';
import { type LessonTerms, type ScoredFile, scoredFiles, tally } from './scored-files';

/** What stands near the beginning of every file of this kind. */
export const gradescopeMark = '"grader": "queuing-workbook"';

/**
 * Verdicts as the results.json of a Gradescope autograder: a test for each file, with its points.
 * Form: https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
 */
export function gradescopeReport(
  redis: Pick<RedisSource, 'kind' | 'version'>,
  graded: readonly Graded[],
  termsOf: (lesson: Lesson) => LessonTerms,
): string {
  const files = scoredFiles(graded, termsOf);
  const ms = graded.reduce((sum, { verdict }) => sum + verdict.ms, 0);
  return jsonText({
    extra_data: {
      grader: 'queuing-workbook',
      redis: `${redis.kind} ${redis.version}`,
      isolation: [...new Set(graded.map(({ verdict }) => verdict.isolation))].join(', '),
    },
    execution_time: Math.round(ms) / 1000,
    output: tally(files),
    output_format: 'text',
    test_output_format: 'text',
    test_name_format: 'text',
    // What the container says besides is about this machine.
    stdout_visibility: 'hidden',
    tests: files.map(testOf),
  });
}

function testOf({ lesson, part, address, name, points, most, advice, printed }: ScoredFile) {
  const { finding } = part;
  const heard = printed === '' ? '' : `The program printed:\n${printed}`;
  return {
    number: address,
    name,
    status: part.verdict === 'passed' ? 'passed' : 'failed',
    score: points,
    max_score: most,
    output: [advice, part.verdict === 'passed' ? '' : heard].filter(Boolean).join('\n\n'),
    tags: [lesson.id, lesson.level],
    extra_data: {
      verdict: part.verdict,
      ...(finding ? { class: finding.class } : {}),
      ...(finding?.line === undefined ? {} : { line: finding.line }),
    },
  };
}
