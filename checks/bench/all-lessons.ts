import os from 'node:os';
import { loadCatalogue } from '../../runner/course/catalogue';
import { gradeLesson } from '../../runner/course/grading';
import { findRedis } from '../../runner/redis/find';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { start } from '../command-line';
import { eachOf } from '../each-of';
import { type Measure, median } from './measure';
import { timeToEnd } from './started';

/** 5-publisher sends its last message after so many milliseconds; no other task has one wait longer. */
const longestWait = 400;

/** How long all fourteen may take, in milliseconds. */
const longest = 6000;

/**
 * All worked versions, against what no runner could do without: the one wait, and a start of node
 * for each program, as many side by side as there are cores.
 */
export function allLessons(): Measure[] {
  const all = () => timeToEnd([process.execPath, start, 'check', '--solution']);
  const taken: number[] = [];
  let programs = 0;
  return [
    {
      name: 'all',
      what: '`check --solution`, all fourteen',
      against: 'the longest wait, and a start of node a program',
      unit: 'ms',
      goal: { atMost: 1.5 },
      async open() {
        programs = await countPrograms();
      },
      async sample() {
        const nodes = [await node(), await node(), await node()];
        taken.push(await all());
        const starts = (programs * median(nodes)) / os.availableParallelism();
        return { ours: taken.at(-1) ?? Number.NaN, theirs: longestWait + starts };
      },
    },
    {
      name: 'all',
      what: 'the same',
      against: 'six seconds',
      unit: 'ms',
      goal: { below: 1 },
      // The run that the row above has just timed.
      sample: async () => ({ ours: taken.at(-1) ?? Number.NaN, theirs: longest }),
    },
  ];
}

const node = () => timeToEnd([process.execPath, '-e', '0']);

/** How many programs the checks of all worked versions start. */
async function countPrograms(): Promise<number> {
  const { start } = Sandbox.prototype;
  let count = 0;
  Sandbox.prototype.start = function (options) {
    count += 1;
    return start.call(this, options);
  };
  try {
    const lessons = loadCatalogue();
    const redis = await findRedis();
    await eachOf(lessons, os.availableParallelism(), async (lesson) => {
      const request = { lesson, lessons, folder: lesson.folder, solution: true, redis };
      const { verdict } = await gradeLesson(request);
      if (verdict.verdict !== 'passed') throw new Error(`lesson ${lesson.number} failed`);
    });
    console.log(`the checks of all worked versions start ${count} programs`);
    return count;
  } finally {
    Sandbox.prototype.start = start;
  }
}
