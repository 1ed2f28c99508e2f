import type { Graded } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { jsonText } from './json-text';
import { type LessonTerms, type ScoredFile, scoredFiles, tally } from './scored-files';

const grader = 'Queuing workbook: ';

/** What stands near the beginning of every file of this kind. */
export const prairielearnMark = `"message": "${grader}`;

/**
 * Verdicts as the results.json of a PrairieLearn external grader: a test for each file, with its points.
 * If nothing is handed in, there is nothing to grade, and the learner keeps the attempt.
 * Form: https://docs.prairielearn.com/externalGrading/#grading-result
 */
export function prairielearnReport(
  graded: readonly Graded[],
  termsOf: (lesson: Lesson) => LessonTerms,
): string {
  const files = scoredFiles(graded, termsOf);
  const message = `${grader}${tally(files)}`;
  if (files.every(({ part }) => part.verdict === 'missing')) {
    return jsonText({ message, gradable: false, format_errors: files.map(({ advice }) => advice) });
  }
  const most = sum(files.map((file) => file.most));
  return jsonText({
    message,
    gradable: true,
    score: most === 0 ? 1 : Math.min(1, sum(files.map(({ points }) => points)) / most),
    tests: files.map(testOf),
  });
}

function testOf({ name, points, most, advice, printed }: ScoredFile) {
  return {
    name,
    points,
    max_points: most,
    message: advice,
    output: printed,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}
