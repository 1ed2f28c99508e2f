import type { Graded } from '../course/grading';
import type { Lesson } from '../course/lesson';
import type { PartVerdict } from '../grading/verdict';
import { partsOf, withoutFolders } from './graded-files';
import { beginning, plainText } from './plain-text';
import { clip, withoutForeignFrames } from './terminal/transcript';

/** What a course says of a lesson, for who gives points. */
export interface LessonTerms {
  /** How it is named on the command line, such as `5`. */
  address: string;
  /** What it counts if all of its files pass. */
  points: number;
}

/** One file of a lesson, as a platform for assignments wants it. */
export interface ScoredFile {
  lesson: Lesson;
  part: PartVerdict;
  /** The lesson's address, such as `5`. */
  address: string;
  /** Such as `5 Publish and subscribe: 4-publisher.ts`. */
  name: string;
  points: number;
  most: number;
  /** What is wrong and what to do, of one or more lines; empty after a pass. */
  advice: string;
  /** What the programs printed; empty if they printed nothing. */
  printed: string;
}

/**
 * The files of lessons with their points: a lesson of two files gives each half of its own. No text
 * names a folder of this machine in which the files lie.
 */
export function scoredFiles(
  graded: readonly Graded[],
  termsOf: (lesson: Lesson) => LessonTerms,
): ScoredFile[] {
  const longest = Math.min(8000, room / graded.flatMap(partsOf).length);
  return graded.flatMap((one) => {
    const { lesson } = one;
    const { address, points } = termsOf(lesson);
    const parts = partsOf(one);
    const most = points / parts.length;
    const shown = (text: string, most = longest) =>
      beginning(plainText(withoutFolders(text, one)), most);
    return parts.map((part) => ({
      lesson,
      part,
      address,
      name: shown(`${address} ${lesson.title}: ${part.file}`, longestName),
      points: part.verdict === 'passed' ? most : 0,
      most,
      advice: shown(adviceOf(part)),
      printed: shown(printedBy(part)),
    }));
  });
}

/** Such as `3 of 5 files passed.` */
export function tally(files: readonly ScoredFile[]): string {
  const passed = files.filter(({ part }) => part.verdict === 'passed').length;
  return `${passed} of ${files.length} file${files.length === 1 ? '' : 's'} passed.`;
}

function adviceOf({ verdict, finding }: PartVerdict): string {
  if (verdict === 'passed') return '';
  if (!finding) return 'It did not pass.';
  const { message, next, line, expected, seen } = finding;
  return [
    message,
    ...(line === undefined ? [] : [`Line: ${line}`]),
    ...(expected === undefined ? [] : ['', 'Expected:', expected, '', 'Seen:', seen ?? '']),
    '',
    `Next: ${next}`,
  ].join('\n');
}

function printedBy({ evidence }: PartVerdict): string {
  return clip(withoutForeignFrames(evidence.output), mostLines)
    .map((line) =>
      typeof line === 'number' ? `(${line} lines more)` : `${line.program}: ${line.text}`,
    )
    .join('\n');
}

const mostLines = 100;

/** The most of all texts of a kind together, in characters: PrairieLearn takes results of 1 MB. */
const room = 150_000;
const longestName = 200;
