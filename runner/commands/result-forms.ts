import path from 'node:path';
import type { Graded } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { UsageError } from '../course/usage-error';
import type { RedisSource } from '../redis/instance';
import { codeQualityMark, codeQualityReport } from '../report/code-quality';
import { gradescopeMark, gradescopeReport } from '../report/gradescope';
import { jsonText } from '../report/json-text';
import { junitMark, junitReport } from '../report/junit';
import { prairielearnMark, prairielearnReport } from '../report/prairielearn';
import { problemLine, problemsOf } from '../report/problems';
import type { LessonTerms } from '../report/scored-files';
import { exitCodeOf } from './grade-lessons';
import { expectName, type ResultFile, resultPath, writeResult } from './result-file';
import type { Session } from './session';

/** What a form is made of. */
interface GradedRun {
  session: Session;
  redis: RedisSource;
  graded: readonly Graded[];
}

interface Form {
  kind: ResultFile;
  /** A grade is made of it, so the machine's own faults may not stand in it. */
  isGrade: boolean;
  text(run: GradedRun): string;
}

/** One form that is asked for, and where it goes. */
interface Wanted extends Form {
  /** Absolute; alone to standard output without it. */
  file: string | undefined;
}

/** The forms that are asked for; `--json` and `--problems` are those that only the output takes. */
export interface WantedForms {
  /** One of them has standard output to itself. */
  isAlone: boolean;
  /** Hands all of them on, once everything is graded. */
  handOn(redis: RedisSource, graded: readonly Graded[]): Promise<void>;
}

/**
 * Finds out which forms of the verdicts are asked for, each by an option of its name, and where they go.
 * @throws UsageError where one cannot be written there, or two have no file
 */
export function wantedForms(session: Session): WantedForms {
  const { json, problems } = session.options;
  const wanted = forms.flatMap((form): Wanted[] => {
    const given = session.options[form.option];
    if (given === undefined) return [];
    return [{ ...form, file: given === true ? undefined : placeOf(session, given, form.kind) }];
  });
  const unnamed = wanted.filter(({ file }) => file === undefined);
  const alone = [
    ...(json ? ['--json'] : []),
    ...(problems ? ['--problems'] : []),
    ...unnamed.map(({ kind }) => kind.option),
  ];
  if (alone.length > 1) {
    throw new UsageError(
      `${alone.join(' and ')} cannot both have the output to themselves.`,
      unnamed[0]
        ? `Name a file for one of them, as in ${unnamed[0].kind.option}=FILE.`
        : 'Leave out one of them.',
    );
  }
  return {
    isAlone: alone.length > 0,
    handOn: async (redis, graded) => {
      for (const form of wanted) handOn(form, { session, redis, graded });
      if (json) {
        const { jsonReport } = await import('../report/json');
        session.print(jsonText(jsonReport(redis, graded)));
      }
      if (problems) {
        for (const problem of graded.flatMap(problemsOf)) session.print(problemLine(problem));
      }
    },
  };
}

const forms = [
  {
    option: 'junit',
    kind: { name: 'verdicts.xml', mark: junitMark, option: '--junit' },
    isGrade: false,
    text: ({ redis, graded }) => junitReport(redis, graded, new Date()),
  },
  {
    option: 'codequality',
    kind: { name: 'codequality.json', mark: codeQualityMark, option: '--codequality' },
    isGrade: false,
    text: ({ session, graded }) =>
      codeQualityReport(graded, topOf(session.env), session.workspace.folder),
  },
  {
    option: 'gradescope',
    kind: { name: 'results.json', mark: gradescopeMark, option: '--gradescope' },
    isGrade: true,
    text: ({ session, redis, graded }) => gradescopeReport(redis, graded, termsIn(session)),
  },
  {
    option: 'prairielearn',
    kind: { name: 'results.json', mark: prairielearnMark, option: '--prairielearn' },
    isGrade: true,
    text: ({ session, graded }) => prairielearnReport(graded, termsIn(session)),
  },
] as const satisfies readonly (Form & { option: string })[];

function handOn({ kind, isGrade, text, file }: Wanted, run: GradedRun): void {
  const { session, graded } = run;
  if (isGrade && exitCodeOf(graded) === 3) {
    session.note(`${kind.option}: no grade is written, since this machine is at fault.`);
  } else if (file === undefined) session.print(text(run));
  else writeResult(file, text(run));
}

/** @throws UsageError for a name that is not of the form: a lesson's number, say */
function placeOf(session: Session, given: string, kind: ResultFile): string {
  expectName(given, kind, 'lessons');
  return resultPath(session, given, kind);
}

function termsIn(session: Session): (lesson: Lesson) => LessonTerms {
  return (lesson) => ({
    address: session.addressOf(lesson),
    points: lesson.weight ?? session.shelf.courseOf(lesson).points[lesson.level],
  });
}

/** The top of the repository that a CI server has fetched; the current folder elsewhere. */
function topOf({ CI_PROJECT_DIR, GITHUB_WORKSPACE }: NodeJS.ProcessEnv): string {
  return path.resolve(CI_PROJECT_DIR || GITHUB_WORKSPACE || '.');
}
