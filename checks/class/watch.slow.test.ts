import fs from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { ResultsFolder } from '../../runner/class/results/results-folder';
import { storedTable } from '../support/class/graded-class';
import { madeZip } from '../support/class/made-zip';
import { course, type Ended, workbook } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/* A class that is watched: what changes is graded again, and before the rest. */

const test = suite('class watch', { limit: 300_000 });

const greeting = fs.readFileSync(path.join(course, '00-greeting', '0-greeting.ts'), 'utf8');
const file = '0-greeting.ts';

test('what changes is graded again, and the table and its page are kept fresh until Ctrl-C', () =>
  withFolder(async (folder) => {
    layOut(folder, 'Ada', greeting);
    layOut(folder, 'Bob', "console.log('Good day');\n");
    const watching = watch(folder, '2');
    await watching.waitFor(() => statesIn(folder) === 'Ada passed, Bob failed');
    layOut(folder, 'Bob', greeting);
    fs.writeFileSync(path.join(folder, 'class', 'Cy.zip'), madeZip([{ name: file, content: '' }]));
    await watching.waitFor(() => statesIn(folder) === 'Ada passed, Bob passed, Cy failed');
    const zip = madeZip([{ name: file, content: greeting }]);
    fs.writeFileSync(path.join(folder, 'class', 'Cy.zip'), zip);
    fs.rmSync(path.join(folder, 'class', 'Ada'), { recursive: true });
    await watching.waitFor(() => statesIn(folder) === 'Bob passed, Cy passed');
    const page = fs.readFileSync(path.join(folder, 'results', 'class.html'), 'utf8');
    assert.match(page, 'Cy');
    assert.not.match(page, 'Ada');
    watching.end('SIGINT');
    const { code, stderr } = await watching.ended;
    assert.is(code, 130, stderr);
    assert.match(stderr, /Watching, 2 of 2 done/);
    assert.match(stderr, /last changed: \w+, \d\d:\d\d:\d\d/);
  }));

test('who hands in again is graded before the rest, and the version before is not', () =>
  withFolder(async (folder) => {
    // It hangs for as long as a program may, while all others wait.
    layOut(folder, 'A', 'for (;;);\n');
    for (const name of ['B', 'C', 'D', 'E']) layOut(folder, name, `${greeting}// ${name}\n`);
    const watching = watch(folder, '1');
    const record = path.join(folder, 'results', 'class.json');
    await watching.waitFor(() => fs.existsSync(record));
    const before = submissionsIn(folder);
    assert.is(before.length, 5);
    layOut(folder, 'E', `${greeting}// E again\n`);
    await watching.waitFor(() => submissionsIn(folder)[4] !== before[4]);
    layOut(folder, 'A', `${greeting}// A\n`);
    await watching.waitFor(
      () => statesIn(folder) === 'A passed, B passed, C passed, D passed, E passed',
    );
    watching.end('SIGTERM');
    await watching.ended;
    const results = new ResultsFolder(path.join(folder, 'results'));
    const at = submissionsIn(folder).map((id) => results.result(id)?.gradedAt ?? '');
    assert.ok(
      [at[1], at[2], at[3]].every((one = '') => one > (at[4] ?? '')),
      at.join(' '),
    );
    assert.is(results.result(before[0] ?? ''), undefined);
    assert.is(results.result(before[4] ?? ''), undefined);
    assert.is(fs.readdirSync(path.join(folder, 'results', 'results')).length, 5);
  }));

test.run();

function layOut(folder: string, name: string, program: string): void {
  const own = path.join(folder, 'class', name);
  fs.mkdirSync(own, { recursive: true });
  fs.writeFileSync(path.join(own, file), program);
}

interface Watching {
  ended: Promise<Ended>;
  end: (signal: NodeJS.Signals) => void;
  /** Looks again and again. @throws if the command ends before it is so */
  waitFor: (isSo: () => boolean) => Promise<void>;
}

function watch(folder: string, workers: string): Watching {
  let pid = 0;
  const words = ['class', 'watch', path.join(folder, 'class')];
  const options = ['--out', path.join(folder, 'results'), '--offline', '--workers', workers];
  let isOver: Ended | undefined;
  const ended = workbook([...words, ...options], {
    onOutput: (_, child) => {
      pid = child.pid ?? 0;
    },
  }).then((how) => {
    isOver = how;
    return how;
  });
  return {
    ended,
    end: (signal) => process.kill(pid, signal),
    waitFor: async (isSo) => {
      while (!isSo()) {
        if (isOver) throw new Error(`It ended (${isOver.code}): ${isOver.stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

/** What came of each learner's first lesson, as far as that is in the table. */
function statesIn(folder: string): string {
  if (!fs.existsSync(path.join(folder, 'results', 'class.json'))) return '';
  const { rows } = storedTable(path.join(folder, 'results'));
  return rows.map(({ learner, cells }) => `${learner.name} ${cells[0]?.verdict}`).join(', ');
}

function submissionsIn(folder: string): string[] {
  const { rows } = storedTable(path.join(folder, 'results'));
  return rows.map(({ learner }) => learner.submission ?? '');
}
