import type { ClassLearner, ClassRecord } from '../../../runner/class/class-record';
import type {
  GradedLesson,
  GradedPart,
  GradedSubmission,
} from '../../../runner/class/results/graded-submission';
import { ResultsFolder } from '../../../runner/class/results/results-folder';

/** A class of two lessons whose results are stored, without anything having been graded. */
export class StoredClass {
  readonly results: ResultsFolder;
  readonly record: ClassRecord = {
    schema: 1,
    gradedAt: '2026-11-30T12:00:00.000Z',
    title: 'Redis, and queues',
    lessons: [
      { name: '0', title: 'A greeting', points: 1 },
      { name: '2', title: 'A pair', points: 2 },
    ],
    learners: [],
  };

  constructor(folder: string) {
    this.results = new ResultsFolder(folder);
    this.results.make();
  }

  /** Adds a learner with these verdicts: of lesson 0, and of the two files of lesson 2. */
  add(learner: Partial<ClassLearner> & { name: string }, verdicts?: StoredVerdicts): void {
    const id = `s${String(this.record.learners.length).padStart(40, '0')}`;
    const { leftOut = [], folder = `/class/${learner.name}`, ...more } = learner;
    const submission = verdicts ? { submission: id } : {};
    this.record.learners.push({ ...more, ...submission, folder, leftOut });
    if (!verdicts) return;
    if (typeof verdicts === 'string') this.results.keepFault(id, { cause: verdicts });
    else this.results.keep({ graded: gradedSubmission(id, verdicts), page: '<!doctype html>' });
  }

  store(): void {
    this.results.keepRecord(this.record);
  }
}

/** Messages of what failed, nothing for what passed; or why it could not be graded. */
export type StoredVerdicts = string | readonly [string?, string?, string?];

function gradedSubmission(
  id: string,
  [one, two, three]: readonly [string?, string?, string?],
): GradedSubmission {
  return {
    schema: 1,
    id,
    gradedAt: '2026-11-30T12:00:00.000Z',
    workbook: '0.1.0',
    redis: 'embedded 7.0',
    isolation: 'guard',
    lessons: [
      gradedLesson('0', [part('0-greeting.ts', one)]),
      gradedLesson('2', [part('2-one.ts', two), part('2-two.ts', three)]),
    ],
  };
}

function gradedLesson(name: string, parts: GradedPart[]): GradedLesson {
  const verdict = parts.every((one) => one.verdict === 'passed') ? 'passed' : 'failed';
  return { name, verdict, parts, advice: [], ms: 10 };
}

function part(file: string, message: string | undefined): GradedPart {
  if (message === undefined) return { file, verdict: 'passed' };
  const finding = {
    class: 'wrong-output' as const,
    message,
    next: 'Mend it.',
    line: 3,
    expected: 'a',
    seen: 'b',
  };
  return { file, verdict: 'failed', finding };
}
