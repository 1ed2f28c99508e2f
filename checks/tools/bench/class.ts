import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import * as v from 'valibot';
import { holdsFiles } from '../../../runner/course/folder/workspace';
import { gradeLesson } from '../../../runner/course/grading';
import { findRedis } from '../../../runner/redis/find';
import { chooseIsolation } from '../../../runner/sandbox/isolation/choose';
import { probeWalls } from '../../../runner/sandbox/isolation/probe';
import { layOutClass } from '../../support/class/generated-class';
import { start } from '../../support/command-line';
import { courses } from '../../support/courses';
import type { Measure } from './measure';
import { processorTime } from './processor-time';
import { loading, startedPrograms } from './started-programs';

/** Folders with nearly all lessons, as at the end of a course; all are different. */
const whole = { size: 6, seed: 25, lessons: 12 };

/** More and smaller ones, so that each of many workers has several. */
const many = { size: 18, seed: 21, lessons: 2 };

/** A class from the cases of both courses: what it costs, and how much of that is the queue's. */
export function classes(): Measure[] {
  const room = new ClassRoom();
  const cores = os.availableParallelism();
  const graded = room.once(() => room.grade('whole', cores));
  return [
    {
      name: 'class',
      what: '`class grade`, processor time a folder',
      against: 'bare node loading the packages of each program that is started',
      unit: 's',
      goal: { atMost: 1.5 },
      once: true,
      open: async () => room.open(),
      async sample() {
        const [ours, theirs] = [await graded(), await room.bare()];
        if (ours.folders !== whole.size) throw new Error('Two of the folders are equal.');
        return { ours: ours.seconds / ours.folders, theirs: theirs / whole.size };
      },
    },
    {
      name: 'class',
      what: `\`class grade\`, ${cores} workers, folders graded`,
      against: 'fifteen',
      unit: 'a minute',
      goal: { atLeast: 1 },
      once: true,
      async sample() {
        const { folders, wall } = await graded();
        return { ours: (folders / wall) * 60, theirs: 15 };
      },
      close: async () => room.close(),
    },
    ...[1, 2, 4, 8].map(
      (workers): Measure => ({
        name: 'class',
        what: `the queue, between two folders, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
        against: 'grading one',
        unit: 'ms',
        goal: { atMost: 0.02 },
        once: true,
        async sample() {
          const { between, grading } = await room.grade('many', workers);
          return { ours: between, theirs: grading };
        },
      }),
    ),
  ];
}

interface GradedClass {
  /** Different ones: equal folders are graded once. */
  folders: number;
  seconds: number;
  wall: number;
  /** The mean from the end of one folder to the next that the same worker takes, in ms. */
  between: number;
  /** The mean from when a folder is taken to when its result is stored, in ms. */
  grading: number;
}

/** The folders of both classes, until it is closed. */
class ClassRoom {
  #folder = '';
  #runs = 0;

  open(): void {
    this.#folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbook-bench-'));
    for (const [name, { size, ...how }] of Object.entries({ whole, many })) {
      layOutClass(path.join(this.#folder, name), size, how);
    }
  }

  close(): void {
    if (this.#folder !== '') fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Asks once, and has the answer from then on. */
  once<T>(ask: () => Promise<T>): () => Promise<T> {
    let answer: Promise<T> | undefined;
    return () => {
      answer ??= ask();
      return answer;
    };
  }

  async grade(name: 'whole' | 'many', workers: number): Promise<GradedClass> {
    const out = path.join(this.#folder, `results-${++this.#runs}`);
    const words = ['class', 'grade', path.join(this.#folder, name), '--out', out];
    const options = ['--workers', String(workers), '--log', 'json'];
    const line = [process.execPath, start, ...words, ...options];
    const { seconds, wall, errors } = await processorTime(line);
    const { between, grading, folders } = timesIn(errors);
    const { isolation } = await chooseIsolation(undefined, probeWalls);
    console.log(
      `${workers} workers, ${isolation}: ${folders} folders, ${wall.toFixed(1)} s, ` +
        `${seconds.toFixed(1)} s of processor time`,
    );
    return { folders, seconds, wall, between, grading };
  }

  /** Seconds of processor time that bare node takes for the packages of all programs, once each. */
  async bare(): Promise<number> {
    const folders = path.join(this.#folder, 'whole');
    const programs = await programsIn(
      fs.readdirSync(folders).map((name) => path.join(folders, name)),
    );
    const times = await pMap(
      programs,
      async (packages) => {
        const { line, cwd } = loading(packages);
        return (await processorTime(line, cwd)).seconds;
      },
      { concurrency: os.availableParallelism() },
    );
    return times.reduce((sum, one) => sum + one, 0);
  }
}

/** The packages of each program that is started to grade these folders. */
async function programsIn(folders: readonly string[]): Promise<string[][]> {
  const redis = await findRedis();
  const programs: string[][] = [];
  for (const course of courses) {
    const own = folders.filter((folder) => holdsFiles(course.lessons, folder));
    const all = own.flatMap((folder) => course.lessons.map((lesson) => ({ lesson, folder })));
    const started = await startedPrograms(course, async () => {
      const grade = (one: (typeof all)[number]) => gradeLesson({ ...one, course, redis });
      await pMap(all, grade, { concurrency: os.availableParallelism() });
    });
    programs.push(...started);
  }
  console.log(`${folders.length} folders: grading them starts ${programs.length} programs`);
  return programs;
}

/** What is read of the log that the command writes. */
const logged = v.looseObject({
  time: v.pipe(
    v.string(),
    v.transform((text) => Date.parse(text)),
  ),
  event: v.string(),
  worker: v.optional(v.number()),
  job: v.optional(v.string()),
  ms: v.optional(v.number()),
});

function timesIn(log: string): Pick<GradedClass, 'folders' | 'between' | 'grading'> {
  const grading = new Map<string, number>();
  const between: number[] = [];
  const ended = new Map<number, number>();
  for (const line of log.split('\n').filter(Boolean)) {
    const {
      time,
      event,
      worker = 0,
      job = '',
      ms = 0,
    } = v.parse(v.pipe(v.string(), v.parseJson(), logged), line);
    const before = ended.get(worker);
    if (event === 'taken' && before !== undefined) between.push(time - before);
    if (event !== 'graded') continue;
    grading.set(job, ms);
    ended.set(worker, time);
  }
  return { folders: grading.size, between: mean(between), grading: mean([...grading.values()]) };
}

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, one) => sum + one, 0) / figures.length;
}
