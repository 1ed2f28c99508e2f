import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadCourse } from '../../runner/course/load-course';
import { statuses } from '../../runner/course/progress/lesson-status';
import {
  readProgress,
  recordHint,
  recordVerdict,
  rememberLast,
} from '../../runner/course/progress/progress-file';
import { suite } from '../support/suite';

const test = suite('progress');
const folder = mkdtempSync(path.join(os.tmpdir(), 'progress-test-'));
let count = 0;
const hook = path.join(__dirname, '../../runner/hook.cjs');
const support = path.join(__dirname, '../support');

test.after(() => rmSync(folder, { recursive: true }));

const newFolder = (): string => {
  const made = path.join(folder, String(count++));
  mkdirSync(made);
  return made;
};
const passedAt = '2026-01-02T03:04:05.000Z';
const inWorkbook = (home: string, ...names: string[]) => path.join(home, '.workbook', ...names);

test('verdict, hints and the lesson opened last are each remembered', () => {
  const home = newFolder();
  assert.deepEqual(readProgress(home, 'queuing'), { progress: { lessons: {} }, setAside: [] });
  rememberLast(home, 'queuing', 'key');
  recordHint(home, 'queuing', 'key', 2);
  recordHint(home, 'queuing', 'key', 0);
  recordVerdict(home, 'queuing', 'greeting', { verdict: 'passed', passedAt });
  recordVerdict(home, 'queuing', 'greeting', { verdict: 'failed', class: 'wrong-output' });
  const { progress } = readProgress(home, 'queuing');
  assert.equal(progress.last, 'key');
  assert.deepEqual(progress.lessons.key, { hints: [2, 0] });
  assert.deepEqual(progress.lessons.greeting, {
    verdict: 'failed',
    class: 'wrong-output',
    passedAt,
    hints: [],
  });
  assert.deepEqual(readdirSync(inWorkbook(home, 'progress', 'queuing')).sort(), [
    'greeting.json',
    'key.hints.json',
    'last-opened',
  ]);
});

test('two courses know nothing of each other', () => {
  const home = newFolder();
  recordVerdict(home, 'another', 'key', { verdict: 'passed' });
  rememberLast(home, 'another', 'key');
  assert.deepEqual(readProgress(home, 'queuing').progress, { lessons: {} });
  assert.equal(readProgress(home, 'another').progress.lessons.key?.verdict, 'passed');
});

test('a damaged file is set aside under a dated name, and takes no other with it', () => {
  const home = newFolder();
  recordVerdict(home, 'queuing', 'key', { verdict: 'passed', passedAt });
  recordHint(home, 'queuing', 'key', 1);
  recordVerdict(home, 'queuing', 'greeting', { verdict: 'failed' });
  for (const damaged of ['{"schema": 2, "verd', '{"schema": 3}', '']) {
    writeFileSync(inWorkbook(home, 'progress', 'queuing', 'key.json'), damaged);
    const { progress, setAside } = readProgress(home, 'queuing');
    const [name = ''] = setAside;
    assert.match(path.basename(name), /^progress-damaged\.key\.\d{4}-\d\d-\d\dT[\d-]+\.json$/);
    assert.equal(readFileSync(name, 'utf8'), damaged);
    assert.deepEqual(progress.lessons.key, { hints: [1] });
    assert.equal(progress.lessons.greeting?.verdict, 'failed');
    assert.deepEqual(readProgress(home, 'queuing').setAside, []);
  }
});

test('a workspace that was moved away is not made again', () => {
  const home = newFolder();
  renameSync(home, `${home}-away`);
  for (const remember of [
    () => recordVerdict(home, 'queuing', 'key', { verdict: 'passed' }),
    () => recordHint(home, 'queuing', 'key', 0),
    () => rememberLast(home, 'queuing', 'key'),
  ]) {
    assert.throws(remember, (error: Error & { next?: string }) => {
      assert.equal(error.name, 'EnvironmentFault');
      assert.match(error.message, /the folder .* is gone/);
      return /Put it back/.test(error.next ?? '');
    });
  }
  assert.equal(readdirSync(folder).includes(path.basename(home)), false);
});

test('a check and a hint of one lesson side by side lose nothing of each other', async () => {
  const home = newFolder();
  const writer = path.join(support, 'progress-writer.ts');
  const children = ['same', 'hints'].map((what) =>
    spawn(process.execPath, ['-r', hook, writer, home, what, 'key', '150'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
  assert.deepEqual(codes, [0, 0]);
  const { progress, setAside } = readProgress(home, 'small');
  assert.deepEqual(setAside, []);
  assert.equal(progress.lessons.key?.verdict, 'passed');
  assert.deepEqual(
    progress.lessons.key?.hints,
    Array.from({ length: 150 }, (_, at) => at),
  );
});

/*
 * The record of version 0.1.0, as that version wrote it: `check 2` and `check 3` on worked versions,
 * `hint 4`, `check 1` on a wrong file, `hint 1`.
 */
const recorded = path.join(__dirname, '../fixtures/old-workspace');
const course = loadCourse().lessons;

function oldWorkspace(): string {
  const home = newFolder();
  cpSync(recorded, home, { recursive: true });
  mkdirSync(inWorkbook(home));
  renameSync(path.join(home, 'progress.json'), inWorkbook(home, 'progress.json'));
  return home;
}

/** What the old record held, as it is shown now. */
function expectTakenOver(home: string): void {
  const { progress, setAside } = readProgress(home, 'queuing');
  assert.deepEqual(setAside, []);
  const old = JSON.parse(readFileSync(path.join(recorded, 'progress.json'), 'utf8'));
  assert.equal(progress.last, old.last);
  assert.deepEqual(progress.lessons, old.lessons);
  const states = new Map(
    statuses(course, home, progress).map(({ lesson, state }) => [lesson.id, state]),
  );
  assert.equal(states.get('basic-operations'), 'check again');
  assert.equal(states.get('async-operations'), 'check again');
  assert.equal(states.get('redis-client'), 'check again');
  assert.equal(states.get('advanced-operations'), 'not started');
}

/** The old record, to the byte, under its own name or the one that it is kept by. */
function expectOldKept(home: string): void {
  const kept = readdirSync(inWorkbook(home)).filter((name) =>
    /^progress(-before\.[\dT-]+)?\.json$/.test(name),
  );
  assert.equal(kept.length, 1);
  assert.equal(
    readFileSync(inWorkbook(home, kept[0] ?? ''), 'utf8'),
    readFileSync(path.join(recorded, 'progress.json'), 'utf8'),
  );
}

test('the record of the version before is taken over once, and kept', () => {
  const home = oldWorkspace();
  expectTakenOver(home);
  expectOldKept(home);
  assert.deepEqual(
    readdirSync(inWorkbook(home)).filter((name) => name === 'progress.json'),
    [],
  );
  // What comes after it stays.
  recordVerdict(home, 'queuing', 'basic-operations', { verdict: 'failed' });
  recordHint(home, 'queuing', 'advanced-operations', 1);
  const { progress } = readProgress(home, 'queuing');
  assert.equal(progress.lessons['basic-operations']?.verdict, 'failed');
  assert.equal(progress.lessons['basic-operations']?.passedAt, '2026-11-29T07:06:01.954Z');
  assert.deepEqual(progress.lessons['advanced-operations']?.hints, [0, 1]);
});

test('an old record that comes again takes no later verdict away', () => {
  const home = oldWorkspace();
  readProgress(home, 'queuing');
  recordVerdict(home, 'queuing', 'redis-client', { verdict: 'passed' });
  copyFileSync(path.join(recorded, 'progress.json'), inWorkbook(home, 'progress.json'));
  assert.equal(readProgress(home, 'queuing').progress.lessons['redis-client']?.verdict, 'passed');
});

test('a damaged old record is set aside and named', () => {
  const home = oldWorkspace();
  writeFileSync(inWorkbook(home, 'progress.json'), '{"schema": 1, "less');
  const { progress, setAside } = readProgress(home, 'queuing');
  assert.deepEqual(progress, { lessons: {} });
  assert.match(
    path.basename(setAside[0] ?? ''),
    /^progress-damaged\.\d{4}-\d\d-\d\dT[\d-]+\.json$/,
  );
  assert.equal(readFileSync(setAside[0] ?? '', 'utf8'), '{"schema": 1, "less');
});

test('the old record is taken over, whichever call is the last before a kill', () => {
  const reader = path.join(support, 'progress-reader.ts');
  const killer = path.join(support, 'killed-at-call.cjs');
  for (let at = 1; ; at += 1) {
    const home = oldWorkspace();
    const { signal, stderr } = spawnSync(
      process.execPath,
      ['-r', hook, '-r', killer, reader, home],
      { env: { ...process.env, KILL_AT: String(at) }, encoding: 'utf8' },
    );
    expectTakenOver(home);
    expectOldKept(home);
    if (signal === null) {
      assert.ok(Number(/(\d+) calls/.exec(stderr)?.[1]) >= 20, stderr);
      break;
    }
    assert.equal(signal, 'SIGKILL');
  }
});

test.run();
