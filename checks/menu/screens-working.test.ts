import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lessonWords, ProgressLine } from '../../runner/commands/progress-line';
import { type Graded, gradeLesson } from '../../runner/course/grading';
import type { Lesson } from '../../runner/course/lesson';
import { loadCourse } from '../../runner/course/load-course';
import { GradingMonitor } from '../../runner/grading/grading-monitor';
import { findRedis } from '../../runner/redis/find';
import { describeScreen } from '../../runner/report/terminal/screen';
import { columnsOf } from '../../runner/report/terminal/wrap';
import { course } from '../support/command-line';
import { suite } from '../support/suite';

const test = suite('screens-working');
process.env.WORKBOOK_LESSONS = course;
const small = loadCourse(course);
const [greeting, key, pair] = small.lessons;
assert.ok(greeting && key && pair);

const line = (room: number) => ({ room, glyphs: describeScreen({ isTTY: true }, {}).glyphs });
const doing = { begun: true, running: ['1-redis_op'], programs: 2, commands: 14, requests: 0 };
const seconds = ['3 s'];

test('the check of one lesson tells what runs, with counts', () => {
  assert.equal(
    lessonWords(greeting, doing, line(77), seconds),
    'Checking lesson 0, running 1-redis_op · 2 programs · 14 commands · 3 s',
  );
  assert.equal(
    lessonWords(greeting, { ...doing, running: ['a', 'b'], requests: 1, commands: 1 }, line(77)),
    'Checking lesson 0, running a and b · 2 programs · 1 command · 1 request',
  );
});

test('what it does before and after its programs run is told as well', () => {
  const idle = { ...doing, running: [], programs: 0, commands: 0 };
  assert.equal(lessonWords(greeting, undefined, line(77)), 'Checking lesson 0, starting Redis');
  assert.match(lessonWords(greeting, idle, line(77)), /reading what is there$/);
  assert.match(lessonWords(greeting, { ...doing, running: [] }, line(77)), /0, comparing · 2 prog/);
});

test('in a narrow terminal it stays on one line, and the counts stay', () => {
  const both = { ...doing, running: ['5-subscriber', '5-publisher', '5-publisher (Redis down)'] };
  assert.equal(
    lessonWords(greeting, both, line(77), seconds),
    'Checking lesson 0, running 5-subscriber and 5-publisher · 14 commands · 3 s',
  );
  const long = { ...doing, running: ['a-very-long-file-name', 'another-one'], commands: 123456 };
  for (const room of [37, 45, 60, 77]) {
    const text = lessonWords(greeting, long, line(room), seconds);
    assert.ok(columnsOf(text) <= room, `${text} is wider than ${room}`);
    assert.match(text, /123456 commands/);
  }
});

test('many lessons: how many are done, and which are in hand', () => {
  const tally = new ProgressLine(small.lessons);
  const graded = (lesson: Lesson) => ({ lesson, verdict: { verdict: 'passed' } }) as Graded;
  tally.begin(greeting);
  tally.begin(pair);
  assert.equal(tally.words(77, line(77).glyphs), 'Checking, 0 of 3 done · 0 passed · lessons 0, 2');
  tally.end(graded(greeting));
  assert.equal(tally.words(77, line(77).glyphs), 'Checking, 1 of 3 done · 1 passed · lesson 2');
  assert.equal(tally.words(34, line(34).glyphs), 'Checking, 1 of 3 done · lesson 2');
});

test('the counts come from the check itself, while it runs and when it is over', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
  try {
    const marks: string[] = [];
    const monitor = new GradingMonitor();
    assert.deepEqual(monitor.now.running, []);
    const watching = setInterval(() => marks.push(monitor.now.running.join()), 5);
    const redis = await findRedis({ offline: true });
    try {
      for (const lesson of [key, pair]) {
        await gradeLesson({ lesson, course: small, folder, solution: true, redis, monitor });
      }
    } finally {
      clearInterval(watching);
    }
    assert.ok(
      marks.some((running) => running.length > 0),
      'no program was seen to run',
    );
    const { running, programs, commands } = monitor.now;
    assert.deepEqual(running, []);
    assert.ok(programs >= 3, `${programs} programs`);
    assert.ok(commands >= 1, `${commands} commands`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
