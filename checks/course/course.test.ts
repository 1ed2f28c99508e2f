import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ownTrials } from '../../runner/course/authoring/trial';
import { workedVersion } from '../../runner/course/course';
import { nearest } from '../../runner/course/distance';
import { fingerprint } from '../../runner/course/folder/fingerprint';
import { openReadOnlyFolder } from '../../runner/course/folder/read-only-folder';
import { resetLesson } from '../../runner/course/folder/reset';
import { findFile, openWorkspace, workspaceFolder } from '../../runner/course/folder/workspace';
import { rememberVerdict } from '../../runner/course/grading';
import type { Lesson } from '../../runner/course/lesson';
import { loadCourse } from '../../runner/course/load-course';
import { findLesson } from '../../runner/course/lookup';
import { hintOrder, nextHint, rememberHint } from '../../runner/course/progress/hints';
import { statusOf } from '../../runner/course/progress/lesson-status';
import { readProgress } from '../../runner/course/progress/progress-file';
import { Shelf } from '../../runner/course/shelf';
import { sideBySide } from '../../runner/grading/side-by-side';
import type { Verdict } from '../../runner/grading/verdict';
import { installed } from '../support/course-folder';
import { importsOf, sourcesBelow } from '../support/imports';
import { suite } from '../support/suite';

const test = suite('course');

const fixture = path.join(__dirname, '../fixtures/course');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let count = 0;
const newFolder = (): string => {
  const made = path.join(folder, String(count++));
  mkdirSync(made);
  return made;
};
const small = loadCourse(fixture);
const { lessons } = small;
const lesson = (number: number): Lesson => {
  const found = lessons.find((one) => one.number === number);
  assert.ok(found);
  return found;
};

test.after(() => rmSync(folder, { recursive: true }));

test('the course is read in the order of its numbers', () => {
  assert.deepEqual(
    lessons.map(({ id }) => id),
    ['greeting', 'key', 'pair'],
  );
  assert.equal(lesson(0).hints.length, 3);
  assert.match(lesson(0).text, /^# Say hello/);
  assert.deepEqual(lesson(1).words, []);
});

test('the course that comes with the workbook can be read', () => {
  for (const { files, id } of loadCourse().lessons) {
    assert.ok(files.length > 0, id);
  }
});

test('a broken lesson is named by its file and its field', () => {
  const broken = (change: (text: string) => string) => {
    const course = newFolder();
    cpSync(fixture, course, { recursive: true });
    const file = path.join(course, '01-key', 'lesson.md');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    return () => loadCourse(course);
  };
  const message = (text: RegExp) => (error: Error) => {
    assert.match(error.message, text);
    return error.name === 'EnvironmentFault';
  };
  assert.throws(
    broken((text) => text.replace('minutes: 10', 'minutes: soon')),
    message(/01-key.lesson\.md.*"minutes".*number/),
  );
  assert.throws(
    broken((text) => text.replace('id: key', 'id: greeting')),
    message(/01-key.lesson\.md.*"id".*00-greeting/),
  );
  assert.throws(
    broken((text) => text.replace('title: Set', 'titel: Set')),
    message(/01-key.lesson\.md/),
  );
  assert.throws(
    broken((text) => text.replace('---\n', '')),
    message(/front matter/),
  );
  assert.throws(
    broken((text) => text.replace('files: [', 'files: [[')),
    message(/01-key.lesson\.md/),
  );
});

test('what the workbook’s course says of itself is so', () => {
  const { folder, packages, vocabularies, lessons: all, snapshot } = loadCourse();
  for (const { name, major } of packages) {
    const { version } = JSON.parse(
      readFileSync(path.join(installed(name), 'package.json'), 'utf8'),
    );
    assert.equal(Number(version.split('.')[0]), major, name);
  }
  const imported = sourcesBelow(folder).flatMap((file) =>
    importsOf(file).flatMap(({ name }) => /^#vocabulary\/(\w+)/.exec(name)?.[1] ?? []),
  );
  assert.deepEqual([...new Set(imported)].sort(), [...vocabularies].sort());
  for (const { id, names, text } of all) {
    for (const name of names) assert.ok(text.includes(name), `${id}: ${name}`);
  }
  assert.ok(snapshot !== undefined && existsSync(snapshot));
});

test('a broken course is named by its file and its field', () => {
  const broken = (change: (text: string) => string) => {
    const course = newFolder();
    cpSync(fixture, course, { recursive: true });
    const file = path.join(course, 'course.yml');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    return () => loadCourse(course);
  };
  assert.throws(
    broken((text) => text.replace('port: 3000', 'port: none')),
    /course\.yml.*"port".*number/,
  );
  assert.throws(
    broken((text) => text.replace('  1: 01-key', '  1: 01-kee')),
    /course\.yml.*"lessons\.1".*no 01-kee.lesson\.md/,
  );
  assert.throws(
    broken((text) => text.replace('  1: 01-key', '  2: 01-key')),
    /course\.yml/,
  );
  assert.throws(() => loadCourse(newFolder()), /There is no course in/);
});

test('a lesson is found by number, folder, id and file, with any ending', () => {
  for (const word of [
    '2',
    '02',
    'pair',
    '02-pair',
    '2-two',
    '2-two.ts',
    '2-two.js',
    './x/2-TWO.ts',
  ]) {
    assert.equal(findLesson(lessons, word)?.lesson.id, 'pair', word);
  }
  assert.equal(findLesson(lessons, '2-two.js')?.file, '2-two');
  assert.equal(findLesson(lessons, 'pair')?.file, undefined);
});

test('an unknown lesson is told with the nearest ones', () => {
  const told = (word: string) => {
    try {
      new Shelf(fixture).find(word, small);
    } catch (error) {
      return `${(error as Error).message} ${(error as { next?: string }).next}`;
    }
    return undefined;
  };
  assert.match(told('greting') ?? '', /no lesson "greting"\. Nearest: greeting \(lesson 0\)/);
  assert.match(told('2-tow') ?? '', /Nearest: 2-two \(lesson 2\)/);
  assert.match(told('99') ?? '', /0 to 2/);
  assert.match(told('') ?? '', /There is no lesson ""/);
});

test('a mistyped word is told with the nearest ones, swapped letters included', () => {
  assert.deepEqual(nearest('chekc', ['list', 'check', 'show']), ['check']);
  assert.deepEqual(nearest('cheque', ['list', 'check', 'show']), ['check']);
  assert.deepEqual(nearest('zzzz', ['list', 'check', 'show']), []);
});

test('the workspace is laid out once and nothing in it is overwritten', () => {
  const home = path.join(newFolder(), 'deep', 'workspace');
  assert.deepEqual(openWorkspace(lessons, home).laidOut, [
    '0-greeting.ts',
    '1-key.ts',
    '2-one.ts',
    '2-two.ts',
  ]);
  writeFileSync(path.join(home, '1-key.ts'), 'mine');
  rmSync(path.join(home, '2-one.ts'));
  writeFileSync(path.join(home, '2-one.js'), 'mine too');
  assert.deepEqual(openWorkspace(lessons, home).laidOut, []);
  assert.equal(readFileSync(path.join(home, '1-key.ts'), 'utf8'), 'mine');
});

test('the workspace is where WORKBOOK_HOME says, or of an installed package where the learner is', () => {
  assert.equal(workspaceFolder({ WORKBOOK_HOME: 'here' }, '/some'), path.resolve('/some/here'));
  assert.equal(path.basename(workspaceFolder({}, '/some')), 'workspace');
  const installed = path.normalize('/usr/lib/node_modules/queuing-workbook');
  const home = newFolder();
  const workspace = path.join(home, 'workspace');
  assert.equal(workspaceFolder({}, home, installed), workspace);
  openWorkspace(lessons, workspace);
  assert.equal(workspaceFolder({}, workspace, installed), workspace);
});

test('of a .ts and a .js file the one that is not the starter counts, .ts first', () => {
  const { folder: home } = openWorkspace(lessons, newFolder());
  const found = () => path.basename(findFile(lesson(0), home, '0-greeting') ?? '');
  assert.equal(found(), '0-greeting.ts');
  writeFileSync(path.join(home, '0-greeting.js'), 'console.log(1)');
  assert.equal(found(), '0-greeting.js');
  writeFileSync(path.join(home, '0-greeting.ts'), 'console.log(2)');
  assert.equal(found(), '0-greeting.ts');
  rmSync(path.join(home, '0-greeting.ts'));
  mkdirSync(path.join(home, '0-greeting.ts'));
  assert.equal(found(), '0-greeting.js');
});

test('--dir finds the course folder one level down, and names two', () => {
  const outer = newFolder();
  mkdirSync(path.join(outer, 'queuing'));
  mkdirSync(path.join(outer, 'node_modules'));
  writeFileSync(path.join(outer, 'dump.rdb'), '');
  writeFileSync(path.join(outer, 'node_modules', '1-key.js'), '');
  writeFileSync(path.join(outer, 'queuing', '1-key.js'), '');
  assert.equal(openReadOnlyFolder(lessons, outer).folder, path.join(outer, 'queuing'));
  assert.ok(openReadOnlyFolder(lessons, outer).readOnly);

  mkdirSync(path.join(outer, 'copy'));
  writeFileSync(path.join(outer, 'copy', '2-one.ts'), '');
  assert.throws(() => openReadOnlyFolder(lessons, outer), /More than one folder.*copy, queuing/);

  writeFileSync(path.join(outer, '0-greeting.ts'), '');
  assert.equal(openReadOnlyFolder(lessons, outer).folder, outer);
});

test('--dir of nothing, of a file, and of an empty folder', () => {
  const empty = newFolder();
  writeFileSync(path.join(empty, 'file'), '');
  assert.throws(() => openReadOnlyFolder(lessons, path.join(empty, 'none')), /does not exist/);
  assert.throws(() => openReadOnlyFolder(lessons, path.join(empty, 'file')), /is not a folder/);
  assert.equal(openReadOnlyFolder(lessons, empty).folder, empty);
});

test('the worked version of a file lies in its lesson', () => {
  assert.equal(workedVersion(small, '2-two'), path.join(fixture, '02-pair', '2-two.ts'));
  const queuing = loadCourse();
  const of = (number: number) => queuing.lessons.find((one) => one.number === number);
  assert.equal(workedVersion(queuing, 'dump.rdb', of(0)), queuing.snapshot);
  const lessonOf = (file: string) => path.basename(path.dirname(file));
  assert.equal(lessonOf(workedVersion(queuing, '8-job', of(11))), '11-job-tests');
  assert.equal(lessonOf(workedVersion(queuing, '8-job', of(2))), '10-job-function');
});

test('what goes further is tried as the worked version is, where a lesson has it', () => {
  const pair = small.lessons.find((one) => one.number === 2);
  assert.ok(pair);
  const kinds = ownTrials(small, pair).map(({ kind, file }) => `${kind} ${file}`);
  assert.deepEqual(kinds.slice(0, 3), ['worked 2-one', 'worked 2-two', 'further 2-two']);
});

const verdict = (outcome: Verdict['verdict']): Verdict => ({
  verdict: outcome,
  ...(outcome === 'failed'
    ? { finding: { class: 'wrong-output', message: 'no', next: 'yes' } }
    : {}),
  advice: [],
  parts: [],
  isolation: 'guard',
  ms: 1,
});

test('a lesson goes from not started over started and failed to passed and changed', () => {
  const course = newFolder();
  cpSync(fixture, course, { recursive: true });
  const [greeting] = loadCourse(course).lessons;
  assert.ok(greeting);
  const { folder: home } = openWorkspace([greeting], newFolder());
  const file = path.join(home, '0-greeting.ts');
  const state = () => statusOf(greeting, home, readProgress(home, 'queuing').progress).state;
  const graded = (outcome: Verdict['verdict']) => {
    const { files } = statusOf(greeting, home, readProgress(home, 'queuing').progress);
    rememberVerdict(home, 'queuing', {
      lesson: greeting,
      verdict: verdict(outcome),
      files,
      fingerprint: fingerprint(files),
    });
  };
  assert.equal(state(), 'not started');
  writeFileSync(file, 'one');
  assert.equal(state(), 'started');
  graded('failed');
  assert.equal(state(), 'failed');
  writeFileSync(file, 'two');
  assert.equal(state(), 'changed');
  graded('passed');
  assert.equal(state(), 'passed');
  writeFileSync(path.join(greeting.folder, 'check.ts'), '// a new edition');
  assert.equal(state(), 'check again');
  assert.match(readProgress(home, 'queuing').progress.lessons.greeting?.passedAt ?? '', /^\d{4}-/);
});

test('reset puts the starter back and keeps what was there, each time', () => {
  const workspace = openWorkspace(lessons, newFolder());
  const file = path.join(workspace.folder, '0-greeting.ts');
  const now = new Date('2026-01-02T03:04:05Z');
  assert.deepEqual(resetLesson(lesson(0), workspace, now), []);
  for (const text of ['first', 'second']) {
    writeFileSync(file, text);
    const [done] = resetLesson(lesson(0), workspace, now);
    assert.equal(readFileSync(done?.kept ?? '', 'utf8'), text);
    assert.match(readFileSync(file, 'utf8'), /Print hello/);
  }
  writeFileSync(path.join(workspace.folder, '0-greeting.js'), 'third');
  assert.equal(resetLesson(lesson(0), workspace, now)[0]?.file, '0-greeting.js');
  rmSync(file);
  assert.deepEqual(resetLesson(lesson(0), workspace, now), [{ file: '0-greeting.ts' }]);
  assert.throws(() => resetLesson(lesson(0), { ...workspace, readOnly: true }), /only read/);
});

test('hints that follow from the failure come first, and none comes twice', () => {
  const texts = (failure?: string) =>
    hintOrder(lesson(0), failure === undefined ? {} : { class: failure }).map(({ text }) => text);
  assert.deepEqual(texts(), ['A nudge.', 'The answer.']);
  assert.deepEqual(texts('wrong-output'), ['The `log` of the console.', 'A nudge.', 'The answer.']);

  const { folder: home } = openWorkspace(lessons, newFolder());
  const next = (one: Lesson) => {
    const given = nextHint(one, home, 'queuing');
    if (given) rememberHint(one, home, 'queuing', given.hint);
    return given;
  };
  assert.deepEqual(next(lesson(0)), { hint: lesson(0).hints[0], place: 1, of: 2 });
  rememberVerdict(home, 'queuing', {
    lesson: lesson(0),
    verdict: verdict('failed'),
    files: [],
    fingerprint: '',
  });
  assert.equal(next(lesson(0))?.hint, lesson(0).hints[1]);
  assert.equal(next(lesson(0))?.hint, lesson(0).hints[2]);
  assert.deepEqual(next(lesson(0)), { hint: lesson(0).hints[2], place: 3, of: 3 });
  assert.equal(next(lesson(1)), undefined);
});

test('work side by side keeps the order and the limit', async () => {
  let running = 0;
  let most = 0;
  const finish: (() => void)[] = [];
  const work = async (item: number) => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => finish.push(resolve));
    running--;
    return item * 10;
  };
  const results: number[] = [];
  const all = (async () => {
    for await (const result of sideBySide([1, 2, 3, 4], 2, work)) results.push(result);
  })();
  while (results.length < 4) {
    finish.pop()?.();
    await new Promise(setImmediate);
  }
  await all;
  assert.deepEqual(results, [10, 20, 30, 40]);
  assert.equal(most, 2);
});

test('when one fails the others are told to stop, and are waited for', async () => {
  const ended: number[] = [];
  const work = async (item: number, signal: AbortSignal) => {
    if (item === 1) throw new Error('no Redis');
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    ended.push(item);
  };
  const all = async () => {
    for await (const _ of sideBySide([1, 2, 3], 3, work));
  };
  await assert.rejects(all, /no Redis/);
  assert.deepEqual(ended.sort(), [2, 3]);
});

test.run();
