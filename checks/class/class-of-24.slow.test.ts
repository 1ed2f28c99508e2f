import type { ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { layOutClass } from '../support/class/generated-class';
import { gradedCells, storedTable, workersOf } from '../support/class/graded-class';
import { workbook } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/*
 * A class made of the cases of both courses, whose table is known cell by cell, graded while workers are
 * killed at random moments.
 */

const test = suite('class of 24', { limit: 9 * 60_000 });

test('every cell is as the cases have it, though workers are killed', () =>
  withFolder(async (folder) => {
    const learners = layOutClass(path.join(folder, 'class'), 24, { seed: 24, lessons: 2 });
    const results = path.join(folder, 'results');
    const kept = path.join(results, 'results');
    const killer = new Killer(() => (fs.existsSync(kept) ? fs.readdirSync(kept).length : 0));
    const words = ['class', 'grade', path.join(folder, 'class'), '--out', results];
    const { code, stderr } = await workbook([...words, '--workers', '2'], {
      env: { WORKBOOK_LESSONS: '' },
      onOutput: (_, child) => killer.follow(child),
    });
    killer.stop();
    assert.is(code, 0, stderr);
    assert.is(killer.killed, 3);
    const table = storedTable(results);
    assert.equal(gradedCells(table), learners);
    const ids = new Set(table.rows.map(({ learner }) => learner.submission));
    assert.ok(ids.size < learners.length, 'some have the same files');
    assert.is(fs.readdirSync(kept).length, ids.size, 'a result for each submission, and no other');
    assert.equal(fs.readdirSync(path.join(results, 'faults')), []);
  }));

test.run();

/** Kills a worker after the 2nd, the 7th and the 12th result: while others are in hand. */
class Killer {
  killed = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly results: () => number) {}

  follow({ pid = 0 }: ChildProcess): void {
    this.#timer ??= setInterval(() => {
      if (this.killed === 3 || this.results() < 2 + 5 * this.killed) return;
      const [worker] = workersOf(pid);
      if (worker === undefined) return;
      process.kill(worker, 'SIGKILL');
      this.killed += 1;
    }, 50);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
