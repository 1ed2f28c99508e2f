import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentOf, readCases } from '../../../runner/course/authoring/cases';
import { caseTrials, ownTrials, type Trial } from '../../../runner/course/authoring/trial';
import { isSnapshot, type Lesson } from '../../../runner/course/lesson';
import { courseOf, courses } from '../courses';

/** What one learner of a generated class has handed in, and what must come of it. */
export interface GeneratedLearner {
  name: string;
  /** By the lesson's name and the file's: `passed`, or the class and the message of what fails. */
  expected: Record<string, string>;
}

/**
 * Lays out a class made of the cases of all courses, so that every cell of its table is known. The same
 * seed makes the same class; some learners have the files of another.
 * @param folder in which each learner gets a folder
 */
export function layOutClass(
  folder: string,
  size: number,
  { seed = 1, lessons = 3 } = {},
): GeneratedLearner[] {
  const random = numbers(seed);
  const pick = <One>(from: readonly One[]): One | undefined =>
    from[Math.floor(random() * from.length)];
  const made: { chosen: Trial[]; learner: GeneratedLearner }[] = [];
  for (let number = 1; number <= size; number++) {
    const twin = random() < twins ? pick(made) : undefined;
    const course = pick(courses);
    const chosen = twin?.chosen ?? chooseTrials(course?.lessons ?? [], lessons, pick);
    const name = `Learner ${String(number).padStart(4, '0')}`;
    layOut(path.join(folder, name), chosen);
    made.push({ chosen, learner: { name, expected: expectedOf(chosen) } });
  }
  return made.map(({ learner }) => learner);
}

/** How many learners have the same files as another. */
const twins = 0.1;

/**
 * As many lessons as asked for, a trial each: a case stands for one file, and what it has beside it must
 * not be another lesson's choice.
 */
function chooseTrials(
  lessons: readonly Lesson[],
  count: number,
  pick: <One>(from: readonly One[]) => One | undefined,
): Trial[] {
  const chosen: Trial[] = [];
  for (let tries = 0; tries < 50 && chosen.length < count; tries++) {
    const lesson = pick(lessons);
    if (!lesson || chosen.some((one) => one.lesson === lesson)) continue;
    const trial = pick(trialsOf(lesson));
    if (!trial) continue;
    const own = [trial.file, ...Object.keys(trial.beside)];
    const taken = chosen.flatMap((one) => [one.file, ...Object.keys(one.beside)]);
    // A file that lies beside another is graded for its own lesson as well.
    if (Object.keys(trial.beside).length === 0 && !own.some((name) => taken.includes(name))) {
      chosen.push(trial);
    }
  }
  return chosen;
}

const kept = new Map<Lesson, Trial[]>();

/** What has a known verdict whatever else lies in the folder, and takes little time. */
function trialsOf(lesson: Lesson): Trial[] {
  const known = kept.get(lesson);
  if (known) return known;
  const course = courseOf(lesson);
  const all = [
    ...ownTrials(course, lesson),
    ...caseTrials(course, lesson, readCases(lesson.folder)),
  ];
  const fit = all.filter(
    ({ kind, module, babel, packages, expected }) =>
      kind !== 'starter' &&
      !module &&
      !babel &&
      packages === undefined &&
      !slowClasses.includes(expected?.class ?? ''),
  );
  kept.set(lesson, fit);
  return fit;
}

const slowClasses = ['time-out', 'did-not-exit', 'output-limit', 'memory-limit'];

function layOut(folder: string, chosen: readonly Trial[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { lesson, file, beside, ...trial } of chosen) {
    const ending = isSnapshot(lesson, file) ? '' : path.extname(trial.path);
    writeFileSync(path.join(folder, file + ending), contentOf(trial));
    for (const [name, from] of Object.entries(beside)) {
      copyFileSync(from, path.join(folder, name + path.extname(from)));
    }
  }
}

function expectedOf(chosen: readonly Trial[]): Record<string, string> {
  return Object.fromEntries(
    chosen.map(({ lesson, file, expected }) => [
      `${lesson.course}/${lesson.number} ${file}`,
      expected ? `${expected.class}: ${expected.message}` : 'passed',
    ]),
  );
}

/** Numbers from 0 to 1 that look random, the same ones for one seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
