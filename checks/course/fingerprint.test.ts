import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fingerprint } from '../../runner/course/folder/fingerprint';
import { endings } from '../../runner/course/folder/workspace';
import { rememberVerdict } from '../../runner/course/grading';
import { loadCourse } from '../../runner/course/load-course';
import { statusOf } from '../../runner/course/progress/lesson-status';
import { readProgress } from '../../runner/course/progress/progress-file';
import { lessons as courseFolder } from '../support/course-folder';
import { sourcesBelow } from '../support/imports';
import { suite } from '../support/suite';

/*
 * What turns "passed" into "check again": each file that a lesson is graded by, and none that only
 * explains it. Tried on a copy of the course that comes with the workbook.
 */

const test = suite('fingerprint');
const folder = mkdtempSync(path.join(os.tmpdir(), 'fingerprint-test-'));
const course = path.join(folder, 'course');
const home = path.join(folder, 'workspace');
mkdirSync(home);
cpSync(courseFolder, course, {
  recursive: true,
  filter: (file) => path.basename(file) !== 'cases',
});

test.after(() => rmSync(folder, { recursive: true }));

/** How a lesson stands that passed before a file of the course is changed. */
function stateAfter(number: number, change: () => void): string {
  const lesson = () => {
    const found = loadCourse(course).lessons.find((one) => one.number === number);
    assert.ok(found);
    return found;
  };
  const graded = lesson();
  const [name = ''] = graded.files;
  const file = path.join(home, name + endings(graded, name)[0]);
  writeFileSync(file, 'mine');
  rememberVerdict(home, 'queuing', {
    lesson: graded,
    verdict: { verdict: 'passed', advice: [], parts: [], isolation: 'guard', ms: 1 },
    files: [file],
    fingerprint: fingerprint([file]),
  });
  const state = () => statusOf(lesson(), home, readProgress(home, 'queuing').progress).state;
  assert.equal(state(), 'passed');
  change();
  return state();
}

const gradedBy = [
  ...sourcesBelow(course)
    .map((file) => path.relative(course, file))
    .filter((file) => /^[^/\\]+[/\\](check[/\\]|check\.ts|load\.ts)/.test(file))
    .map((file) => ({ file, number: Number(file.slice(0, 2)) })),
  ...sourcesBelow(path.join(course, 'vocabulary'))
    .map((file) => path.relative(course, file))
    .map((file) => ({ file, number: 2 })),
  { file: '05-publisher-subscriber/5-publisher.ts', number: 5 },
  { file: '05-publisher-subscriber/5-subscriber.ts', number: 5 },
  { file: '10-job-function/8-job.ts', number: 11 },
];

for (const { file, number } of gradedBy) {
  test(`${file} changes: lesson ${number} is to be checked again`, () => {
    const change = () => appendFileSync(path.join(course, file), '\n// Another rule.\n');
    assert.equal(stateAfter(number, change), 'check again');
  });
}

test('a file that is added to check/ or the vocabulary, or leaves it, counts as well', () => {
  for (const added of ['12-in-stock/check/more.ts', 'vocabulary/notifications/more.json']) {
    const file = path.join(course, added);
    assert.equal(
      stateAfter(12, () => writeFileSync(file, '')),
      'check again',
    );
    assert.equal(
      stateAfter(12, () => rmSync(file)),
      'check again',
    );
  }
});

/** Replaces a piece of a lesson's lesson.md. */
function edit(lesson: string, from: string | RegExp, to: string): void {
  const file = path.join(course, lesson, 'lesson.md');
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  assert.notEqual(after, before);
  writeFileSync(file, after);
}

test('the files that a lesson asks for or runs change: it is to be checked again', () => {
  const asked = () => edit('03-async-operations', 'files: [', 'files: [2-more, ');
  assert.notEqual(stateAfter(3, asked), 'passed');
  const runs = () => edit('05-publisher-subscriber', 'level:', 'run: [5-publisher]\nlevel:');
  assert.equal(stateAfter(5, runs), 'check again');
});

test('a word that is mended in text, hints, title, starter or worked version takes no pass away', () => {
  const harmless = [
    () => edit('02-basic-operations', '# Store a value', '# Keep a value'),
    () => edit('02-basic-operations', 'Both functions are short', 'The two functions are short'),
    () => edit('02-basic-operations', /^title: .*$/m, 'title: Keep a value'),
    () => edit('02-basic-operations', /^minutes: .*$/m, 'minutes: 25'),
    () => {
      for (const file of ['starter/1-redis_op.ts', '1-redis_op.ts']) {
        appendFileSync(path.join(course, '02-basic-operations', file), '// A comment.\n');
      }
    },
    () => appendFileSync(path.join(course, '03-async-operations', 'check.ts'), '// Not of 2.\n'),
  ];
  for (const change of harmless) assert.equal(stateAfter(2, change), 'passed');
});

test.run();
