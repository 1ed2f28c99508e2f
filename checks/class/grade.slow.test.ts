import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { ResultsFolder } from '../../runner/class/results/results-folder';
import { gradeWords, storedTable } from '../support/class/graded-class';
import { madeZip } from '../support/class/made-zip';
import { course, type StartOptions, unwrapped, workbook } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/* A class of the small course from the command line: graded once, gone on with, kept for its owner. */

const test = suite('class grade', { limit: 300_000 });

const worked = (lesson: string, name: string) =>
  fs.readFileSync(path.join(course, lesson, name), 'utf8');
const greeting = { '0-greeting.ts': worked('00-greeting', '0-greeting.ts') };
const pair = {
  '2-one.ts': worked('02-pair', '2-one.ts'),
  '2-two.ts': worked('02-pair', '2-two.ts'),
};

test('each folder is graded, equal ones once, and refused ones are told why', () =>
  withFolder(async (folder) => {
    layOutClass(folder, {
      Ada: { ...greeting, ...pair },
      Bob: { '0-greeting.js': "console.log('Good day');\n", '2-one.ts': pair['2-one.ts'] },
      Cy: { ...greeting, ...pair },
      Di: { 'a/0-greeting.js': '', 'b/0-greeting.js': '' },
      Eve: {},
    });
    const { code, stdout, stderr } = await gradeClass(folder);
    assert.is(code, 1, stderr);
    assert.match(stderr, /Grading, 5 of 5 done/);
    assert.equal(cellsIn(folder), {
      Ada: 'passed missing passed, 2',
      Bob: 'failed missing missing, 0.5',
      Cy: 'passed missing passed, 2',
      Di: 'refused',
      Eve: 'missing missing missing, 0',
    });
    assert.match(unwrapped(stdout), /More than one folder in .* holds files of the course: a, b\./);
    const results = path.join(folder, 'results', 'results');
    assert.is(fs.readdirSync(results).length, 3);
    for (const [place, mode] of modesBelow(path.join(folder, 'results'))) {
      assert.is(mode & 0o077, 0, `${place} is for its owner alone`);
    }
    // Graded already: nothing is put on the queue, and nothing is written again.
    const before = timesIn(results);
    const again = await gradeClass(folder, { workers: 0 });
    assert.is(again.code, 1, again.stderr);
    assert.equal(timesIn(results), before);
  }));

test('zips and repositories are graded as folders are, equal ones once', () =>
  withFolder(async (folder) => {
    layOutClass(folder, { Ada: greeting });
    const own = (name: string) => path.join(folder, 'class', name);
    const entries = Object.entries(greeting).map(([name, content]) => ({ name, content }));
    fs.writeFileSync(own('Bob.zip'), madeZip(entries));
    fs.writeFileSync(own('Cy.zip'), madeZip([{ name: '../0-greeting.ts' }]));
    const clone = ['-c', 'user.name=a', '-c', 'user.email=b', '-C', own('Ada')];
    for (const words of [
      ['init'],
      ['add', '.'],
      ['commit', '-m', 'x'],
      ['clone', '--bare', '.', own('Di.git')],
    ]) {
      execFileSync('git', [...clone, ...words], { stdio: 'ignore' });
    }
    const { code, stdout, stderr } = await gradeClass(folder);
    assert.is(code, 1, stderr);
    assert.equal(cellsIn(folder), {
      Ada: 'passed missing missing, 1',
      Bob: 'passed missing missing, 1',
      Cy: 'refused',
      Di: 'passed missing missing, 1',
    });
    assert.match(unwrapped(stdout), /a name that leads out of its folder: \.\.\/0-greeting\.ts/);
    assert.is(resultsIn(path.join(folder, 'results', 'results')), 1);
  }));

test('a folder that hangs holds up nobody else', () =>
  withFolder(async (folder) => {
    layOutClass(folder, {
      'A hangs': { '0-greeting.js': 'for (;;);\n' },
      B: { ...greeting, 'note.txt': 'b' },
      C: { ...greeting, 'note.txt': 'c' },
      D: { ...greeting, 'note.txt': 'd' },
    });
    const { code, stderr } = await gradeClass(folder);
    assert.is(code, 0, stderr);
    const { rows } = storedTable(path.join(folder, 'results'));
    assert.is(rows[0]?.cells[0]?.class, 'time-out');
    const results = new ResultsFolder(path.join(folder, 'results'));
    const at = rows.map(({ learner }) => results.result(learner.submission ?? '')?.gradedAt ?? '');
    assert.is([...at].sort().at(-1), at[0], 'the one that hangs is the last to be graded');
  }));

test('Ctrl-C finishes what is in hand, and the same command goes on', () =>
  withFolder(async (folder) => {
    const learners = Array.from({ length: 6 }, (_, at) => `L${at}`);
    const own = (name: string) => ({ ...greeting, 'note.txt': name });
    layOutClass(folder, Object.fromEntries(learners.map((name) => [name, own(name)])));
    const results = path.join(folder, 'results', 'results');
    const stopped = await gradeClass(folder, {
      workers: 1,
      interrupt: () => resultsIn(results) > 0,
    });
    assert.is(stopped.code, 130, stopped.stderr);
    assert.match(stopped.stderr, /Finishing what is in hand/);
    assert.match(stopped.stderr, /Stopped: \d of 6 are done\. The same command goes on\./);
    const before = timesIn(results);
    assert.ok(before.length > 0 && before.length < 6, `${before.length} are graded`);
    const { code, stderr } = await gradeClass(folder);
    assert.is(code, 0, stderr);
    assert.is(
      Object.values(cellsIn(folder)).join(' | '),
      Array(6).fill('passed missing missing, 1').join(' | '),
    );
    assert.equal(
      timesIn(results).filter((one) => before.includes(one)),
      before,
    );
  }));

test('what cannot be used is said in a sentence', () =>
  withFolder(async (folder) => {
    const said = async (words: string[]) => {
      const { code, stderr } = await workbook(['class', ...words], { cwd: folder });
      return `${code} ${stderr.replace(/\s+/g, ' ').trim()}`;
    };
    assert.match(await said(['grade', folder]), /^2 .*has no folders of learners/);
    assert.match(await said(['grade', path.join(folder, 'no')]), /^2 .*cannot be read \(ENOENT\)/);
    assert.match(await said(['grade']), /^2 .*A class is named by the folder/);
    assert.match(await said(['grate']), /^2 .*The commands of "class" are/);
    layOutClass(folder, { Ada: greeting });
    assert.match(
      await said(['grade', path.join(folder, 'class'), '--redis', 'redis://u:secret@127.0.0.1:1']),
      /^3 .*The Redis of the queue at redis:\/\/127\.0\.0\.1:1 cannot be used \(ECONNREFUSED\)/,
    );
  }));

test.run();

interface Grading {
  workers?: number;
  /** Asked again and again; Ctrl-C once it is so. */
  interrupt?: () => boolean;
}

async function gradeClass(folder: string, { workers = 2, interrupt }: Grading = {}) {
  let timer: NodeJS.Timeout | undefined;
  const onOutput: StartOptions['onOutput'] = (_, child) => {
    if (!interrupt || timer) return;
    timer = setInterval(() => {
      if (!interrupt()) return;
      clearInterval(timer);
      child.kill('SIGINT');
    }, 20);
  };
  try {
    return await workbook([...gradeWords(folder), '--workers', String(workers), '--offline'], {
      onOutput,
    });
  } finally {
    clearInterval(timer);
  }
}

function layOutClass(folder: string, learners: Record<string, Record<string, string>>): void {
  for (const [name, files] of Object.entries(learners)) {
    const own = path.join(folder, 'class', name);
    fs.mkdirSync(own, { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(own, file)), { recursive: true });
      fs.writeFileSync(path.join(own, file), text);
    }
  }
}

/** The row of each learner: verdicts and points, or the state. */
function cellsIn(folder: string): Record<string, string> {
  const { rows } = storedTable(path.join(folder, 'results'));
  return Object.fromEntries(
    rows.map(({ learner, state, cells, points }) => [
      learner.name,
      state === 'graded' ? `${cells.map(({ verdict }) => verdict).join(' ')}, ${points}` : state,
    ]),
  );
}

function resultsIn(folder: string): number {
  return fs.existsSync(folder) ? fs.readdirSync(folder).length : 0;
}

/** Names and times of the last change: a file that is written again has another. */
function timesIn(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .sort()
    .map((name) => `${name} ${fs.statSync(path.join(folder, name)).ctimeMs}`);
}

function modesBelow(folder: string): [string, number][] {
  const below = fs.readdirSync(folder, { withFileTypes: true, recursive: true });
  const all = [folder, ...below.map((entry) => path.join(entry.parentPath, entry.name))];
  return all.map((one) => [one, fs.statSync(one).mode]);
}
