import fs from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { createRedis } from '../../runner/redis/public/redis.cjs';
import {
  childrenOf,
  gradedCells,
  gradeWords,
  isWorker,
  layOutGreetings,
  storedTable,
  waitWhileRunning,
  workersOf,
} from '../support/class/graded-class';
import {
  course,
  type Ended,
  type StartOptions,
  unwrapped,
  workbook,
} from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/*
 * Workers apart from whoever has a class graded, with nothing but a queue's Redis between them; and
 * whoever grades at fault.
 */

const test = suite('class work', { limit: 300_000 });

const greeting = fs.readFileSync(path.join(course, '00-greeting', '0-greeting.ts'), 'utf8');

test('workers elsewhere grade; TERM lets them finish what they have in hand', () =>
  withQueue(async (folder, url) => {
    layOutGreetings(course, folder, 4);
    const workers = startWorkers(url, ['--workers', '1']);
    const grading = gradeClass(folder, url);
    // The first worker ends in its own time after its first result; a second one does the rest.
    await waitWhileRunning(() => count(path.join(folder, 'results', 'results')) > 0, grading);
    workers.end('SIGTERM');
    const first = await workers.ended;
    assert.is(first.code, 0, first.stderr);
    assert.match(first.stderr, /Finishing what is in hand/);
    const others = startWorkers(url, ['--workers', '2']);
    const { code, stderr } = await grading;
    assert.is(code, 0, stderr);
    others.end('SIGTERM');
    assert.is((await others.ended).code, 0);
    assert.equal(
      gradedCells(storedTable(path.join(folder, 'results'))).map(({ expected }) => expected),
      Array(4).fill({ 'queuing/0 0-greeting': 'passed' }),
    );
    assert.not.match(first.stderr, 'secret');
  }));

test('workers of another version take nothing, and killed producers go on', () =>
  withQueue(async (folder, url) => {
    layOutGreetings(course, folder, 3);
    // On another course's checks their queue is another.
    const strangers = startWorkers(url, ['--workers', '1'], { WORKBOOK_LESSONS: '' });
    let producer = 0;
    const killed = gradeClass(
      folder,
      url,
      (_, { pid = 0 }) => {
        producer = pid;
      },
      ['--workers', '1'],
    );
    let own: number[] = [];
    const isBegun = () => {
      own = workersOf(producer);
      return own.length > 0;
    };
    await waitWhileRunning(isBegun, killed);
    process.kill(producer, 'SIGKILL');
    assert.is((await killed).code, null);
    const workers = startWorkers(url, ['--workers', '1']);
    const { code, stderr } = await gradeClass(folder, url);
    assert.is(code, 0, stderr);
    for (const one of [workers, strangers]) one.end('SIGTERM');
    await Promise.all([workers.ended, strangers.ended]);
    for (const pid of own) assert.not(isWorker(pid), 'no worker outlives who started it');
  }));

test('whoever leaves all to workers elsewhere is told if none takes from this queue', () =>
  withQueue(async (folder, url) => {
    layOutGreetings(course, folder, 2);
    let told = '';
    const alone = await gradeClass(folder, url, (text, child) => {
      told += text;
      if (/name of its queue/.test(unwrapped(told))) child.kill('SIGINT');
    });
    const node = process.versions.node.split('.')[0];
    const queue = /No worker takes from queue (class-\S+) yet/.exec(unwrapped(alone.stderr))?.[1];
    assert.match(unwrapped(alone.stderr), `of this version of the workbook, on Node ${node}`);

    const workers = startWorkers(url, ['--workers', '1']);
    assert.is((await gradeClass(folder, url)).code, 0);
    layOutGreetings(course, folder, 3);
    const { code, stderr } = await gradeClass(folder, url);
    assert.is(code, 0, stderr);
    assert.not.match(stderr, 'No worker takes');
    workers.end('SIGTERM');
    assert.match(unwrapped((await workers.ended).stderr), `queue ${queue}.`);
  }));

test('a class cannot be left to workers elsewhere without a Redis that they reach', () =>
  withFolder(async (folder) => {
    layOutGreetings(course, folder, 1);
    const { code, stderr } = await workbook([...gradeWords(folder), '--workers', '0'], {
      env: { WORKBOOK_LESSONS: course },
    });
    assert.is(code, 2);
    assert.match(unwrapped(stderr), /Nobody can grade.*--redis URL, or leave out --workers 0/);
  }));

test('a queue’s Redis that comes back empty is filled again', () =>
  withFolder(async (folder) => {
    const first = await createRedis({ password: 'secret' });
    const { url, port } = first;
    layOutGreetings(course, folder, 4);
    const grading = gradeClass(folder, url, () => {}, ['--workers', '1']);
    await waitWhileRunning(() => count(path.join(folder, 'results', 'results')) > 0, grading);
    await first.close();
    const second = await createRedis({ password: 'secret', port });
    try {
      const { code, stderr } = await grading;
      assert.is(code, 0, stderr);
      assert.is(count(path.join(folder, 'results', 'results')), 4);
    } finally {
      await second.close();
    }
  }));

test('a submission whose worker is killed each time is a grader fault, and nobody failed', () =>
  withQueue(async (folder, url) => {
    const own = path.join(folder, 'class', 'Ada');
    fs.mkdirSync(own, { recursive: true });
    fs.writeFileSync(path.join(own, '0-greeting.ts'), greeting);
    let producer = 0;
    const grading = gradeClass(
      folder,
      url,
      (_, { pid = 0 }) => {
        producer = pid;
      },
      ['--workers', '1'],
    );
    const killing = setInterval(() => {
      for (const worker of workersOf(producer)) {
        if (childrenOf(worker, 'node').length > 0) process.kill(worker, 'SIGKILL');
      }
    }, 20);
    const { code, stdout } = await grading;
    clearInterval(killing);
    assert.is(code, 3);
    assert.match(
      unwrapped(stdout),
      /grader fault .*The worker that graded it was killed 3 times\./,
    );
    const [row] = storedTable(path.join(folder, 'results')).rows;
    assert.is(row?.points, undefined);
    // The next time it is tried again.
    const again = await gradeClass(folder, url, () => {}, ['--workers', '1']);
    assert.is(again.code, 0, again.stderr);
    assert.is(storedTable(path.join(folder, 'results')).rows[0]?.state, 'graded');
  }));

test.run();

/** A queue's Redis with a password, and a folder. */
function withQueue(use: (folder: string, url: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const redis = await createRedis({ password: 'secret' });
    try {
      await use(folder, redis.url);
    } finally {
      await redis.close();
    }
  });
}

function gradeClass(
  folder: string,
  url: string,
  onOutput: StartOptions['onOutput'] = () => {},
  more: readonly string[] = ['--workers', '0'],
): Promise<Ended> {
  return workbook([...gradeWords(folder), '--redis', url, '--offline', ...more], {
    env: { WORKBOOK_LESSONS: course },
    onOutput,
  });
}

interface Workers {
  ended: Promise<Ended>;
  /** Sends a signal, as soon as they have said anything. */
  end(signal: NodeJS.Signals): void;
}

function startWorkers(url: string, more: readonly string[], env: NodeJS.ProcessEnv = {}): Workers {
  let pid: number | undefined;
  let wanted: NodeJS.Signals | undefined;
  const send = () => {
    if (pid !== undefined && wanted) process.kill(pid, wanted);
  };
  const ended = workbook(['class', 'work', '--redis', url, '--offline', ...more], {
    env,
    onOutput: (_, child) => {
      const isFirst = pid === undefined;
      pid = child.pid;
      if (isFirst) send();
    },
  });
  return {
    ended,
    end: (signal) => {
      wanted = signal;
      send();
    },
  };
}

function count(folder: string): number {
  return fs.existsSync(folder) ? fs.readdirSync(folder).length : 0;
}
