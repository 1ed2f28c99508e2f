import assert from 'node:assert/strict';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { reportSchema } from '../../runner/report/json';
import { unwrapped, workbook } from '../support/command-line';
import { lessons } from '../support/course-folder';
import { suite } from '../support/suite';

/* A course that lies outside of the workbook grades there, and so does one that lacks a lesson. */

const test = suite('elsewhere');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const copy = path.join(folder, 'a course');
test.before(() => cpSync(lessons, copy, { recursive: true }));
test.after(() => rmSync(folder, { recursive: true }));

/** What a check says of each lesson. */
async function verdicts(line: string[], env: NodeJS.ProcessEnv = {}) {
  const home = path.join(folder, 'home');
  const { stdout, stderr } = await workbook([...line, '--offline', '--json'], {
    env: { WORKBOOK_HOME: home, ...env },
  });
  assert.equal(stdout[0], '{', stderr);
  return v
    .parse(reportSchema, JSON.parse(stdout))
    .lessons.map(({ id, verdict, class: failure, message, next }) => ({
      id,
      verdict,
      failure,
      message,
      next,
    }));
}

test('a course that was copied elsewhere passes its own worked versions', async () => {
  const graded = await verdicts(['check', '--course', copy, '--solution', '2', '10', '11']);
  assert.deepEqual(
    graded.map(({ id, verdict }) => `${id}: ${verdict}`),
    ['basic-operations: passed', 'job-function: passed', 'job-tests: passed'],
  );
});

test('it tells a learner the same as the workbook’s own', async () => {
  const mine = path.join(folder, 'mine');
  mkdirSync(mine);
  const wrong = path.join(lessons, '02-basic-operations/cases/wrong/replay-for-reply.ts');
  copyFileSync(wrong, path.join(mine, '1-redis_op.ts'));
  const line = ['check', '0', '2', '--dir', mine];
  const elsewhere = await verdicts(line, { WORKBOOK_COURSE: copy });
  assert.deepEqual(elsewhere, await verdicts(['--course', lessons, ...line]));
  assert.deepEqual(
    elsewhere.map(({ verdict }) => verdict),
    ['missing', 'failed'],
  );
});

test('a lesson that is taken out is not missed by the others', async () => {
  const less = path.join(folder, 'less');
  cpSync(copy, less, { recursive: true });
  rmSync(path.join(less, '10-job-function'), { recursive: true });
  const file = path.join(less, 'course.yml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^ *10: .*\n/m, ''));
  const graded = await verdicts(['check', '--course', less, '--solution', '11']);
  assert.deepEqual(
    graded.map(({ id, verdict }) => `${id}: ${verdict}`),
    ['job-tests: passed'],
  );
});

test('a folder without a course is told as that', async () => {
  const nowhere = path.join(folder, 'nowhere');
  const { code, stderr } = await workbook(['list', '--course', nowhere]);
  assert.equal(code, 3);
  assert.match(unwrapped(stderr), /There is no course in .*--course/);
});

test.run();
