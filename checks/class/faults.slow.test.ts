import fs from 'node:fs';
import path from 'node:path';
import Redis from 'ioredis';
import * as assert from 'uvu/assert';
import { canFillDisk, startOnFullDisk } from '../support/class/full-disk';
import {
  gradeWords,
  layOutGreetings,
  storedTable,
  waitWhileRunning,
} from '../support/class/graded-class';
import { QueueServer } from '../support/class/queue-server';
import { course, type Ended, workbook } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/* Whoever grades a class at fault: the queue's Redis is killed, a worker's disk is full. */

const test = suite('class faults', { limit: 300_000, needs: ['redis-server'] });

test('the queue’s Redis is killed and comes back: nothing is lost, and nothing twice', () =>
  withServer(async (folder, server) => {
    layOutGreetings(course, folder, 6);
    const grading = gradeClass(folder, server.url, 2);
    for (const results of [1, 3]) {
      await waitWhileRunning(() => resultsIn(folder) >= results, grading);
      await server.kill();
      await server.start();
    }
    const { code, stderr } = await grading;
    assert.is(code, 0, stderr);
    expectAllGraded(folder, 6);
  }));

const onFullDisk = canFillDisk()
  ? test
  : (name: string, _: () => unknown) => test.skip(name, 'no disk may be mounted here');

onFullDisk('a full disk is a grader fault after three attempts, and nobody failed', () =>
  withServer(async (folder, server) => {
    layOutGreetings(course, folder, 1);
    const workers = startOnFullDisk(folder, server.url);
    const { code, stderr } = await gradeClass(folder, server.url, 0);
    assert.is(code, 3, stderr);
    const [row] = storedTable(path.join(folder, 'results')).rows;
    assert.is(row?.state, 'fault');
    assert.match(row?.note ?? '', /There is no room left/);
    assert.equal(
      row?.cells.flatMap(({ verdict }) => verdict ?? []),
      [],
    );
    assert.equal(await attemptsOn(server.url), ['3']);
    assert.is(await workers.end(), 0);
  }),
);

onFullDisk('what a worker without room cannot grade is graded by others', () =>
  withServer(async (folder, server) => {
    layOutGreetings(course, folder, 6);
    const workers = startOnFullDisk(folder, server.url, { workers: 2 });
    const { code, stderr } = await gradeClass(folder, server.url, 1);
    assert.is(code, 0, stderr);
    expectAllGraded(folder, 6);
    assert.is(await workers.end(), 0);
  }),
);

test.run();

function expectAllGraded(folder: string, learners: number): void {
  const { rows } = storedTable(path.join(folder, 'results'));
  assert.equal(
    rows.map(({ state, points }) => `${state} ${points}`),
    Array(learners).fill('graded 1'),
  );
  assert.is(resultsIn(folder), learners);
  assert.equal(fs.readdirSync(path.join(folder, 'results', 'faults')), []);
}

/** How often each submission that failed was tried. */
async function attemptsOn(url: string): Promise<(string | null)[]> {
  const client = new Redis(url);
  try {
    const jobs = (await client.keys('bull:*:s*')).filter((key) => /:s[0-9a-f]{40}$/.test(key));
    return await Promise.all(jobs.map((job) => client.hget(job, 'atm')));
  } finally {
    client.disconnect();
  }
}

function withServer(use: (folder: string, server: QueueServer) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const server = await QueueServer.start(folder);
    try {
      await use(folder, server);
    } finally {
      await server.kill();
    }
  });
}

function gradeClass(folder: string, url: string, workers: number): Promise<Ended> {
  const words = [...gradeWords(folder), '--redis', url, '--offline', '--workers', String(workers)];
  return workbook(words, { env: { WORKBOOK_ISOLATION: process.env.WORKBOOK_ISOLATION } });
}

function resultsIn(folder: string): number {
  const results = path.join(folder, 'results', 'results');
  return fs.existsSync(results) ? fs.readdirSync(results).length : 0;
}
