import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { gradeLesson } from '../../../runner/course/grading';
import { findRedis } from '../../../runner/redis/find';
import { compileProgram } from '../../../runner/sandbox/process/compiled';
import { Sandbox } from '../../../runner/sandbox/sandbox';
import { start } from '../../support/command-line';
import { queuing } from '../../support/queuing';
import { type Measure, median } from './measure';
import { timeToEnd } from './started';

const project = path.join(__dirname, '../../..');

/** 5-publisher sends its last message after so many milliseconds; no other task has one wait longer. */
const longestWait = 400;

/** How long all fourteen may take, in milliseconds. */
const longest = 6000;

/**
 * All worked versions, against what no runner could do without: the one wait, and a start of node
 * for each program, as many side by side as there are cores; once without and once with what the
 * programs import.
 */
export function allLessons(): Measure[] {
  const all = () => timeToEnd([process.execPath, start, 'check', '--solution']);
  const taken: number[] = [];
  /** The packages of each program that the checks start. */
  let programs: string[][] = [];
  return [
    {
      name: 'all',
      what: '`check --solution`, all fourteen',
      against: 'the longest wait, and a start of node a program',
      unit: 'ms',
      goal: { atMost: 1.5 },
      async open() {
        programs = await startedPrograms();
      },
      async sample() {
        const nodes = [await node(), await node(), await node()];
        taken.push(await all());
        const starts = (programs.length * median(nodes)) / os.availableParallelism();
        return { ours: taken.at(-1) ?? Number.NaN, theirs: longestWait + starts };
      },
    },
    {
      name: 'all',
      what: 'the same',
      against: 'six seconds',
      unit: 'ms',
      goal: { below: 1 },
      // The run that the first row has just timed.
      sample: async () => ({ ours: taken.at(-1) ?? Number.NaN, theirs: longest }),
    },
    {
      name: 'all',
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
  const imports = packages.map((name) => `require(${JSON.stringify(name)});`).join('');
  await timeToEnd([process.execPath, '-e', `${imports} process.exit()`], { cwd: project });
}

/** The packages of each program that the checks of all worked versions start. */
async function startedPrograms(): Promise<string[][]> {
  const { start } = Sandbox.prototype;
  const programs: string[][] = [];
  Sandbox.prototype.start = function (options) {
    const { packages } = compileProgram(options.file, options.replaced);
    programs.push(packages.filter((name) => !path.isAbsolute(name)));
    return start.call(this, options);
  };
  try {
    const redis = await findRedis();
    await pMap(
      queuing.lessons,
      async (lesson) => {
        const request = { lesson, course: queuing, folder: lesson.folder, solution: true, redis };
        const { verdict } = await gradeLesson(request);
        if (verdict.verdict !== 'passed') throw new Error(`lesson ${lesson.number} failed`);
      },
      { concurrency: os.availableParallelism() },
    );
    console.log(`the checks of all worked versions start ${programs.length} programs`);
    return programs;
  } finally {
    Sandbox.prototype.start = start;
  }
}
