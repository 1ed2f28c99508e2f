import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { editorWords, placeWords } from '../../runner/commands/edit';
import { loadCourse } from '../../runner/course/load-course';
import { findLesson } from '../../runner/course/lookup';
import { planFile, planLesson } from '../../runner/course/run-plan';
import { announceRun, findRun } from '../../runner/course/runs';
import type { UsageError } from '../../runner/course/usage-error';
import type { Evidence, WireEntry } from '../../runner/grading/verdict';
import { showQueueLibraries } from '../../runner/report/queue-libraries';
import { keysLeft } from '../../runner/report/terminal/keys-left';
import { describeScreen } from '../../runner/report/terminal/screen';
import { beside } from '../../runner/report/terminal/side-by-side';
import { timeline } from '../../runner/report/terminal/timeline';
import { columnsOf } from '../../runner/report/terminal/wrap';
import { presentationsOf } from '../../runner/vocabulary/presentation';
import { suite } from '../support/suite';

const test = suite('evidence-text');

showQueueLibraries(() => presentationsOf(['kue']));

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

const screen = (columns = 80) => describeScreen({ columns, rows: 24 }, {});
const sent = (program: string, at: number, command: string[], reply?: string): WireEntry => ({
  program,
  connection: 1,
  at,
  command,
  ...(reply === undefined ? {} : { reply, repliedAt: at + 1 }),
});
const evidence = (wire: WireEntry[], more: Partial<Evidence> = {}): Evidence => ({
  output: [],
  wire,
  http: [],
  keys: [],
  ...more,
});

const pubsub = evidence(
  [
    sent('5-subscriber', 100, ['SUBSCRIBE', 'news'], '1) "subscribe"\n2) "news"\n3) (integer) 1'),
    sent('5-publisher', 200, ['PUBLISH', 'news', 'two words'], '(integer) 1'),
    { ...sent('5-subscriber', 201, []), reply: '1) "message"\n2) "news"\n3) "two words"' },
  ],
  { output: [{ program: '5-subscriber', stream: 'stdout', text: 'two words', at: 202 }] },
);

test('two programs have a lane each, in the order of time', () => {
  assert.deepEqual(timeline(pubsub, screen()), [
    '     ms  ┊ 5-subscriber                     ┊ 5-publisher',
    '      0  ┊ SUBSCRIBE news  → channels: 1    ┊',
    '    100  ┊                                  ┊ PUBLISH news "two words"',
    '         ┊                                  ┊   → (integer) 1',
    '    101  ┊ ◂ "two words" on news            ┊',
    '    102  ┊ │ two words                      ┊',
  ]);
});

test('where lanes would be too narrow, programs have a letter each', () => {
  const rows = timeline(pubsub, screen(40));
  assert.deepEqual(rows.slice(0, 4), [
    '  A 5-subscriber',
    '  B 5-publisher',
    '     ms',
    '      0  A SUBSCRIBE news  → channels: 1',
  ]);
  assert.ok(rows.every((row) => columnsOf(row) <= 40));
});

test("kue's bookkeeping is counted, its events are told in words, a wait is a wait", () => {
  const event = JSON.stringify({ id: 3, event: 'progress', args: ['progress', 50] });
  const rows = timeline(
    evidence([
      sent('p', 0, ['INFO'], '"a\\r\\nb"'),
      sent('p', 1, ['HSET', 'q:job:3', 'priority', '0'], '(integer) 1'),
      sent('p', 2, ['HSET', 'q:job:3', 'state', 'active'], '(integer) 1'),
      sent('p', 3, ['PUBLISH', 'q:events', event], '(integer) 0'),
      sent('p', 4, ['BLPOP', 'q:mail:jobs', '0']),
    ]),
    screen(),
  );
  assert.deepEqual(rows, [
    '     ms',
    '      0  HSET q:job:3 state active  → (integer) 1',
    '      1  PUBLISH q:events (job 3: progress 50)  → (integer) 0',
    '      2  BLPOP q:mail:jobs 0  → (waits)',
    '',
    '  Left out: 2 commands with which kue keeps its books.',
  ]);
});

test('what a program writes cannot reach the terminal by the timeline or the keys', () => {
  const wild = '\x1b[2J\x07';
  const rows = [
    ...timeline(evidence([sent('p', 0, ['SET', wild, wild], wild)]), screen()),
    ...keysLeft([{ key: wild, type: 'hash', value: { [wild]: wild } }], screen()),
    ...keysLeft([{ key: 'q:job:1', type: 'hash', value: { type: wild, error: wild } }], screen()),
  ];
  assert.ok(!rows.join('').includes('\x1b') && !rows.join('').includes('\x07'));
});

test("keys are shown by type, kue's jobs as jobs", () => {
  const job = (fields: Record<string, string>) => ({ type: 'mail', ...fields });
  const keys = [
    { key: 'Holberton', type: 'string', value: 'School' },
    { key: 'schools', type: 'hash', value: { Paris: '2', 'San Francisco': '100' } },
    { key: 'q:job:2', type: 'hash', value: job({ state: 'failed', error: 'Error: no\n  at x' }) },
    {
      key: 'q:job:1',
      type: 'hash',
      value: job({ state: 'complete', progress: '100', data: '{}' }),
    },
    { key: 'q:ids', type: 'string', value: '2' },
  ];
  assert.deepEqual(keysLeft(keys, screen()), [
    '  jobs of kue 2',
    '    1  mail  complete  100%',
    '       {}',
    '    2  mail  failed',
    '       no',
    '',
    '  hash 1',
    '    schools',
    '      Paris          2',
    '      San Francisco  100',
    '',
    '  string 1',
    '    Holberton  School',
    '',
    '  kue keeps its books in one key more: q:ids',
  ]);
  assert.ok(keysLeft(keys, screen(40)).every((row) => columnsOf(row) <= 40));
  assert.match(keysLeft([], screen()).join(), /left no key/);
});

test('two versions stand side by side, or one below the other in a narrow terminal', () => {
  const versions = {
    mine: { name: 'yours', text: 'a\nb\nc\n' },
    other: { name: 'worked', text: 'a\nB\nc\nd\n' },
  };
  const wide = beside(versions, screen()).map((row) => row.replace(/ +/g, ' '));
  assert.deepEqual(wide, [' yours │ worked', '', ' a │ a', ' b ≠ B', ' c │ c', ' > d']);
  assert.deepEqual(beside(versions, screen(40)).slice(3), [
    '    a',
    '  < b',
    '  > B',
    '    c',
    '  > d',
  ]);
});

test('the editor is the one that the learner has chosen, and gets the line its way', () => {
  assert.deepEqual(editorWords({ VISUAL: 'code --wait', EDITOR: 'vi' }), ['code', '--wait']);
  assert.deepEqual(editorWords({ EDITOR: '"/my apps/ed" -x' }), ['/my apps/ed', '-x']);
  assert.deepEqual(editorWords({ TERM_PROGRAM: 'vscode' }), ['code']);
  assert.equal(editorWords({}), undefined);
  assert.deepEqual(placeWords('code', '/f.ts', 3), ['-g', '/f.ts:3']);
  assert.deepEqual(placeWords('/usr/bin/nvim', '/f.ts', 3), ['+3', '/f.ts']);
  assert.deepEqual(placeWords('notepad', '/f.ts', 3), ['/f.ts']);
});

const course = loadCourse();
const { lessons } = course;
const lessonOf = (number: number) => {
  const found = lessons.find((lesson) => lesson.number === number);
  assert.ok(found);
  return found;
};
const planned = (home: string, number: number) => {
  const workspace = { folder: home, readOnly: false, laidOut: [] };
  return planLesson({ course, workspace, solution: false }, lessonOf(number));
};

test('both sides of a queue run, and worked versions stand in for what is not written', () => {
  const home = path.join(folder, 'queue');
  mkdirSync(home);
  const mine = path.join(home, '6-job_creator.js');
  writeFileSync(mine, '// mine\n');
  const [creator, processor] = planned(home, 6);
  assert.deepEqual([creator?.file, creator?.standIn], [mine, false]);
  assert.deepEqual([processor?.name, processor?.standIn], ['6-job_processor', true]);
  assert.throws(
    () => planned(home, 7),
    ({ message, next }: UsageError) =>
      /There is no 6-job_processor/.test(message) && /reset 6-job_processor/.test(next),
  );
  assert.throws(() => planned(home, 0), /nothing to run/);
  const workspace = { folder: home, readOnly: false, laidOut: [] };
  const alone = planFile({ course, workspace, solution: false }, lessonOf(6), '6-job_creator');
  assert.equal(alone.file, mine);
});

test('a file of tests is found by its name, with or without an ending', () => {
  for (const word of ['8-job.test', '8-job.test.ts', '8-JOB.test.js']) {
    assert.deepEqual(findLesson(lessons, word), { lesson: lessonOf(11), file: '8-job.test' });
  }
});

test("a module of the learner's is called by the worked main program", () => {
  const home = path.join(folder, 'module');
  mkdirSync(home);
  writeFileSync(path.join(home, '8-job.js'), 'module.exports = () => {};\n');
  const [main] = planned(home, 10);
  assert.equal(main?.name, '8-job-main');
  const worked = path.join(lessonOf(10).folder, '8-job.ts');
  assert.deepEqual(main?.replaced, { [worked]: path.join(home, '8-job.js') });
});

test('a run is found by another terminal while it lasts', () => {
  const lesson = lessonOf(6);
  const redis = {
    pid: process.pid,
    kind: 'server',
    version: '7',
    address: { path: '/s' },
  } as const;
  const release = announceRun(folder, lesson, redis);
  assert.deepEqual(findRun(folder, lesson), redis);
  release();
  assert.equal(findRun(folder, lesson), undefined);
  announceRun(folder, lesson, { ...redis, pid: 2 ** 22 + 1 });
  assert.equal(findRun(folder, lesson), undefined);
});

test.run();
