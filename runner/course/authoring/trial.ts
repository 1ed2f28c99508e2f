import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { GradeRequest } from '../../grading/grade';
import type { Finding, PartVerdict, Verdict } from '../../grading/verdict';
import { type Course, furtherVersion, workedVersion } from '../course';
import { gradingTerms } from '../grading';
import { isSnapshot, type Lesson } from '../lesson';
import { type Case, contentOf } from './cases';

/** One file of a lesson with the verdict that it must get. */
export interface Trial {
  lesson: Lesson;
  kind: 'worked' | 'further' | 'starter' | Case['kind'];
  /** The course's name of the file that it stands for, such as `1-key`. */
  file: string;
  /** Where it lies, absolute; where it would lie if it is an edit. */
  path: string;
  /** How it is made from another file; absent where it is a file itself. */
  edit?: Case['edit'];
  /** Other course files to lay beside it, by name, absolute. */
  beside: Record<string, string>;
  /** Its folder's package.json says that its files are ECMAScript modules. */
  module?: boolean;
  /** Its folder's Babel makes ECMAScript 5 of its .js files. */
  babel?: boolean;
  /** The node_modules that its folder has, absolute; without it the workbook lends all. */
  packages?: string;
  /** What it must be told; nothing where it must pass, or may fail in any way (starters). */
  expected?: Case['expected'];
  /** What an advice that comes with its verdict must hold. */
  advice?: Case['advice'];
}

/** The verdict on the file of a trial, and what its learner is advised. */
export type TrialVerdict = PartVerdict & Pick<Verdict, 'advice'>;

/** A trial laid out as a learner's folder. */
export interface LaidOut {
  request: Omit<GradeRequest, 'redis'>;
  /** The verdict on the file of the trial. */
  partOf(verdict: Verdict): TrialVerdict;
}

/** A lesson's worked versions, what goes further, and its starters: all that is tried but its cases. */
export function ownTrials(course: Course, lesson: Lesson): Trial[] {
  const beside = neighbours(course, lesson);
  const own = (kind: Trial['kind'], file: string, where: string): Trial => ({
    lesson,
    kind,
    file,
    path: where,
    beside,
  });
  return [
    ...lesson.files.map((file) => own('worked', file, workedVersion(course, file, lesson))),
    ...lesson.files.flatMap((file) => {
      const further = furtherVersion(lesson, file);
      return further === undefined ? [] : [own('further', file, further)];
    }),
    ...lesson.files
      .filter((file) => !isSnapshot(lesson, file))
      .map((file) => own('starter', file, path.join(lesson.folder, 'starter', `${file}.ts`))),
  ];
}

/** The cases of a lesson. */
export function caseTrials(course: Course, lesson: Lesson, cases: readonly Case[]): Trial[] {
  const beside = neighbours(course, lesson);
  return cases.map(({ with: others, name: _, ...one }) => ({
    ...one,
    lesson,
    beside: { ...beside, ...others },
  }));
}

/**
 * Lays a trial out in a folder of its own, under the course's name of the file, for as long as the
 * work goes on.
 */
export async function layOut<Result>(
  course: Course,
  trial: Trial,
  work: (laid: LaidOut) => Promise<Result>,
): Promise<Result> {
  const { lesson, file, beside, module, babel, packages } = trial;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-trial-'));
  try {
    const files: Record<string, string> = {};
    for (const [name, from] of Object.entries({ ...beside, [file]: trial.path })) {
      const ending = isSnapshot(lesson, name) ? '' : path.extname(from);
      const to = path.join(folder, name + ending);
      files[name] = to;
      if (name === file) writeFileSync(to, contentOf(trial));
      else copyFileSync(from, to);
    }
    if (module) writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
    if (packages !== undefined)
      symlinkSync(packages, path.join(folder, 'node_modules'), 'junction');
    if (babel) {
      writeFileSync(path.join(folder, '.babelrc'), '{ "presets": ["@babel/preset-env"] }\n');
    }
    return await work({
      request: { files, folder, ...gradingTerms(course, lesson) },
      partOf: ({ parts, advice }) => {
        const label = path.basename(files[file] ?? '');
        const part = parts.find((one) => one.file === label);
        if (!part) throw new Error(`check.ts has no part for ${file}`);
        return { ...part, advice };
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with the verdict that a trial got; nothing where it is the expected one. */
export function differenceFrom(
  trial: Trial,
  { verdict, finding, advice }: TrialVerdict,
): string | undefined {
  const got = shown(finding) ?? verdict;
  if (trial.kind !== 'starter' && trial.kind !== 'wrong') {
    if (verdict !== 'passed') return `should pass, got ${got}`;
    const { advice: wanted } = trial;
    return wanted === undefined || advice.some((one) => one.includes(wanted))
      ? undefined
      : `should be advised “${wanted}”, got ${advice.join('\n') || 'no advice'}`;
  }
  if (verdict !== 'failed') return `should fail, got ${got}`;
  const wanted = shown(trial.expected);
  if (wanted === undefined) return undefined;
  return got === wanted ? undefined : `should get ${wanted}\n  got        ${got}`;
}

function shown(finding: Pick<Finding, 'class' | 'message'> | undefined): string | undefined {
  return finding && `${finding.class}: ${finding.message}`;
}

/** What must lie beside the lesson's files, such as the function that tests are written for. */
function neighbours(course: Course, lesson: Lesson): Record<string, string> {
  return Object.fromEntries(
    lesson.beside.map((name) => [name, workedVersion(course, name, lesson)]),
  );
}
