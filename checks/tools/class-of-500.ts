/*
 * Grades a class made of the cases of both courses, whose table is known, while workers are killed at random,
 * the queue's Redis is killed and started again, and the disk of one worker is full.
 *   npm run class-of-500 -- [--learners 500] [--lessons 2] [--workers N] [--seed NUMBER] [--kills N]
 *     [--server-kills 3] [--offline]
 * Fails where a cell of the table is not as expected, or a submission has no result, or more than one. What
 * remains a grader fault (a submission whose worker was killed three times) is graded by the same
 * command once more, as a teacher would, and counted.
 */
import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Redis from 'ioredis';
import { canFillDisk, startOnFullDisk } from '../support/class/full-disk';
import { layOutClass } from '../support/class/generated-class';
import { gradedCells, gradeWords, storedTable } from '../support/class/graded-class';
import { QueueServer } from '../support/class/queue-server';
import { type Ended, workbook } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { comparedTables } from './class-of-500/compared-tables';
import { Saboteur } from './class-of-500/saboteur';
import { Random } from './comparison/random';

const { values: options } = parseArgs({
  options: {
    learners: { type: 'string', default: '500' },
    lessons: { type: 'string', default: '2' },
    workers: { type: 'string', default: String(os.availableParallelism()) },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    kills: { type: 'string' },
    'server-kills': { type: 'string', default: '3' },
    offline: { type: 'boolean', default: false },
  },
});

const learners = Number(options.learners);
const seed = Number(options.seed);
const lookEvery = 100;

async function main(folder: string): Promise<string[]> {
  console.log(`seed ${seed}`);
  const lessons = Number(options.lessons);
  const expected = layOutClass(path.join(folder, 'class'), learners, { seed, lessons });
  const server = await QueueServer.start(folder);
  const faulted = new FaultedSubmissions(server.url);
  const isFull = canFillDisk();
  const full = isFull
    ? startOnFullDisk(folder, server.url, { lessons: '', offline: options.offline })
    : undefined;
  const saboteur = new Saboteur(
    {
      random: new Random(seed),
      all: learners,
      workers: Number(options.kills ?? Math.ceil(learners / 20)),
      servers: Number(options['server-kills']),
    },
    server,
  );
  const begun = performance.now();
  try {
    const first = await grade(folder, server.url, saboteur);
    const seconds = (performance.now() - begun) / 1000;
    const remained = fs.readdirSync(path.join(folder, 'results', 'faults')).length;
    const last = remained > 0 ? await grade(folder, server.url, saboteur) : first;
    await faulted.look();
    const { cells, differences } = comparedTables(expected, tableIn(folder));
    const submissions = submissionsIn(folder);
    const results = resultsIn(folder);
    table([
      ['learners', learners],
      ['submissions that differ', submissions.size],
      ['results', results.length],
      ['cells compared', cells],
      ['cells that differ', differences.length],
      ['workers at once', options.workers],
      ['workers killed', saboteur.workersKilled],
      ["the queue's Redis killed", saboteur.serversKilled],
      ['submissions that failed on the full disk', isFull ? faulted.count : 'no disk to fill here'],
      ['grader faults that remained', remained],
      ['time', `${seconds.toFixed(0)} s`],
      ['folders a minute', ((learners / seconds) * 60).toFixed(1)],
    ]);
    const isOnce =
      results.length === submissions.size && results.every((id) => submissions.has(id));
    return [
      ...differences,
      ...(isOnce ? [] : ['not one result for each submission, and no other']),
      ...(last.code === 0 ? [] : [`class grade ended with ${last.code}: ${last.stderr}`]),
    ];
  } finally {
    faulted.close();
    await full?.end();
    await server.kill();
  }
}

async function grade(folder: string, url: string, saboteur: Saboteur): Promise<Ended> {
  const more = ['--workers', options.workers, ...(options.offline ? ['--offline'] : [])];
  let pid = 0;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await workbook([...gradeWords(folder), '--redis', url, ...more], {
      env: { WORKBOOK_LESSONS: '' },
      onOutput: (text, child) => {
        process.stderr.write(text);
        pid = child.pid ?? 0;
        timer ??= setInterval(() => void saboteur.act(resultsIn(folder).length, pid), lookEvery);
      },
    });
  } finally {
    clearInterval(timer);
  }
}

function tableIn(folder: string) {
  return gradedCells(storedTable(path.join(folder, 'results')));
}

function submissionsIn(folder: string): Set<string | undefined> {
  const { rows } = storedTable(path.join(folder, 'results'));
  return new Set(rows.map(({ learner }) => learner.submission));
}

function resultsIn(folder: string): string[] {
  const results = path.join(folder, 'results', 'results');
  if (!fs.existsSync(results)) return [];
  return fs
    .readdirSync(results)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => name.replace('.json', ''));
}

/** Submissions that could not be graded somewhere, as workers remember them for a while. */
class FaultedSubmissions {
  readonly #client: Redis;
  readonly #seen = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor(url: string) {
    this.#client = new Redis(url, { maxRetriesPerRequest: null });
    this.#client.on('error', () => {});
    this.#timer = setInterval(() => void this.look(), 60_000);
  }

  get count(): number {
    return this.#seen.size;
  }

  async look(): Promise<void> {
    for (const key of await this.#client.keys('*:places:faulted:*')) this.#seen.add(key);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#client.disconnect();
  }
}

function table(rows: readonly (readonly [name: string, value: string | number])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
}

let faults: string[] = [];
withFolder(async (folder) => {
  faults = await main(folder);
}).then(() => {
  for (const fault of faults) console.error(fault);
  process.exit(faults.length === 0 ? 0 : 1);
});
