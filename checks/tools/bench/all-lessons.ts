import os from 'node:os';
import pMap from 'p-map';
import type { Course } from '../../../runner/course/course';
import { gradeLesson } from '../../../runner/course/grading';
import type { Lesson } from '../../../runner/course/lesson';
import { findRedis } from '../../../runner/redis/find';
import { start } from '../../support/command-line';
import { courses } from '../../support/courses';
import { queuing } from '../../support/queuing';
import { type Measure, median } from './measure';
import { timeToEnd } from './started';
import { loading, startedPrograms } from './started-programs';

interface AllOfCourse {
  /** For `--only`. */
  name: string;
  course: Course;
  what: string;
  /** The longest wait that one of its tasks has, in milliseconds. */
  longestWait: number;
  /** What they may take, in milliseconds, and in words. */
  limit?: { ms: number; words: string };
}

/** The worked versions of each course. */
export function allLessons(): Measure[] {
  const [, second] = courses;
  return [
    // 5-publisher sends its last message after 400 ms.
    ...allOf({
      name: 'all',
      course: queuing,
      what: '`check --solution`, all fourteen',
      longestWait: 400,
      limit: { ms: 6000, words: 'six seconds' },
    }),
    // today-client tries again after 100, 200 and 300 ms.
    ...(second
      ? allOf({
          name: 'all-today',
          course: second,
          what: '`check --solution --course today`, all lessons together',
          longestWait: 600,
        })
      : []),
  ];
}

/**
 * All worked versions, against what no runner could do without: the one wait, and a start of node
 * for each program, as many side by side as there are cores; once without and once with what the
 * programs import.
 */
function allOf({ name, course, what, longestWait, limit }: AllOfCourse): Measure[] {
  const words = ['check', '--solution', '--course', course.id];
  const all = () => timeToEnd([process.execPath, start, ...words]);
  const taken: number[] = [];
  /** The packages of each program that the checks start. */
  let programs: string[][] = [];
  return [
    {
      name,
      what,
      against: 'the longest wait, and a start of node a program',
      unit: 'ms',
      goal: { atMost: 1.5 },
      async open() {
        programs = await programsOf(course);
      },
      async sample() {
        const nodes = [await node(), await node(), await node()];
        taken.push(await all());
        const starts = (programs.length * median(nodes)) / os.availableParallelism();
        return { ours: taken.at(-1) ?? Number.NaN, theirs: longestWait + starts };
      },
    },
    ...(limit
      ? [
          {
            name,
            what: 'the same',
            against: limit.words,
            unit: 'ms' as const,
            goal: { below: 1 },
            // The run that the first row has just timed.
            sample: async () => ({ ours: taken.at(-1) ?? Number.NaN, theirs: limit.ms }),
          },
        ]
      : []),
    {
      name,
      what: 'the same',
      against: 'the longest wait, and bare node loading each program’s packages',
      unit: 'ms',
      async sample() {
        const from = performance.now();
        await pMap(programs, load, { concurrency: os.availableParallelism() });
        const loading = performance.now() - from;
        return { ours: taken.at(-1) ?? Number.NaN, theirs: longestWait + loading };
      },
    },
  ];
}

const node = () => timeToEnd([process.execPath, '-e', '0']);

async function load(packages: readonly string[]): Promise<void> {
  const { line, cwd } = loading(packages);
  await timeToEnd(line, { cwd });
}

/** The packages of each program that the checks of all worked versions start. */
async function programsOf(course: Course): Promise<string[][]> {
  const redis = await findRedis();
  const programs = await startedPrograms(course, async () => {
    const options = { concurrency: os.availableParallelism() };
    await pMap(course.lessons, gradeWorked, options);
  });
  console.log(`the checks of all worked versions start ${programs.length} programs`);
  return programs;

  async function gradeWorked(lesson: Lesson): Promise<void> {
    const request = { lesson, course, folder: lesson.folder, solution: true, redis };
    const { verdict } = await gradeLesson(request);
    if (verdict.verdict !== 'passed') throw new Error(`lesson ${lesson.number} failed`);
  }
}
