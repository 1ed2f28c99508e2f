import type { FailureClass } from '../../grading/verdict';
import type { ClassLearner, ClassRecord } from '../class-record';
import type { GradedLesson, GradedPart, GradedSubmission } from './graded-submission';
import { type Lateness, lateness } from './lateness';
import type { ResultsFolder } from './results-folder';

/** Everything of a class that is known, a row a learner. */
export interface ClassTable {
  lessons: ClassRecord['lessons'];
  /** What one learner can have at most. */
  mostPoints: number;
  rows: ClassRow[];
}

export interface ClassRow {
  learner: ClassLearner;
  /** `waiting` for what is not graded yet. */
  state: 'graded' | 'refused' | 'fault' | 'waiting';
  /** One for each lesson of the table. */
  cells: ClassCell[];
  /** What lateness has taken away already; absent while nothing is graded. */
  points?: number;
  late?: Lateness;
  /** Why it was refused, or could not be graded, or what was left out of it: a sentence. */
  note?: string;
}

export interface ClassCell {
  /** The lesson's name. */
  lesson: string;
  /** Absent for what was not graded. */
  verdict?: GradedLesson['verdict'];
  /** Points before lateness. */
  points: number;
  /** The first thing that is wrong. */
  class?: FailureClass;
  message?: string;
  parts: readonly GradedPart[];
}

/** Puts together what is stored of a class. @throws EnvironmentError for a result that cannot be read */
export function classTable(record: ClassRecord, results: ResultsFolder): ClassTable {
  return {
    lessons: record.lessons,
    mostPoints: rounded(record.lessons.reduce((sum, { points }) => sum + points, 0)),
    rows: record.learners.map((learner) => rowOf(learner, record, results)),
  };
}

function rowOf(learner: ClassLearner, record: ClassRecord, results: ResultsFolder): ClassRow {
  const { submission, refusal, at, due } = learner;
  const none = cellsOf(record, undefined);
  if (refusal) {
    return { learner, state: 'refused', cells: none, note: `${refusal.message} ${refusal.next}` };
  }
  const graded = submission === undefined ? undefined : results.result(submission);
  if (graded) {
    const cells = cellsOf(record, graded);
    const late = lateness(at, due, record.lateness);
    const whole = cells.reduce((sum, { points }) => sum + points, 0);
    const points = rounded(whole * (1 - (late?.percent ?? 0) / 100));
    const note = leftOutNote(learner);
    return {
      learner,
      state: 'graded',
      cells,
      points,
      ...(late ? { late } : {}),
      ...(note ? { note } : {}),
    };
  }
  const fault = submission === undefined ? undefined : results.fault(submission);
  if (!fault) return { learner, state: 'waiting', cells: none };
  return { learner, state: 'fault', cells: cellsOf(record, fault.part), note: fault.cause };
}

/** A link in place of a file explains why that file is missing. */
function leftOutNote({ leftOut }: ClassLearner): string | undefined {
  if (leftOut.length === 0) return undefined;
  const named = leftOut.slice(0, mostNamed).join(', ');
  const more = leftOut.length - mostNamed;
  return `Left out, as no plain files: ${named}${more > 0 ? ` and ${more} more` : ''}.`;
}

const mostNamed = 5;

function cellsOf({ lessons }: ClassRecord, graded: GradedSubmission | undefined): ClassCell[] {
  return lessons.map(({ name, points }) => {
    const lesson = graded?.lessons.find((one) => one.name === name);
    if (!lesson) return { lesson: name, points: 0, parts: [] };
    const { verdict } = lesson;
    if (lesson.verdict === 'fault') {
      return { lesson: name, verdict, points: 0, message: lesson.cause, parts: [] };
    }
    const { parts } = lesson;
    const passed = parts.filter((part) => part.verdict === 'passed').length;
    const first = (parts.find((part) => part.verdict === 'failed') ?? parts.find(hasFinding))
      ?.finding;
    return {
      lesson: name,
      verdict,
      // A lesson of two files gives each its part.
      points: parts.length === 0 ? 0 : (points * passed) / parts.length,
      ...(first ? { class: first.class, message: first.message } : {}),
      parts,
    };
  });
}

function hasFinding({ finding }: GradedPart): boolean {
  return finding !== undefined;
}

/** Hundredths: thirds of a point add up to whole ones. */
function rounded(points: number): number {
  return Math.round(points * 100) / 100;
}
