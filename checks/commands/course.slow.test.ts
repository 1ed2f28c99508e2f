import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as assert from 'uvu/assert';
import * as v from 'valibot';
import { type Ended, unwrapped, workbook } from '../support/command-line';
import { suite } from '../support/suite';

/*
 * What an author has: `course new` lays out a course that passes its self-test, and `course check`
 * names whatever is broken in one.
 */

const test = suite('course');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

/** A course as `course new` lays it out, broken by one change. */
async function broken(change: (lesson: string, course: string) => void): Promise<Ended> {
  const course = mkdtempSync(path.join(folder, 'course-'));
  assert.is((await workbook(['course', 'new', course])).code, 0);
  change(path.join(course, '00-greeting'), course);
  return workbook(['course', 'check', course, '--offline']);
}

/** The row of a lesson: its mark, its name, and its cells in the order of the table. */
function rowOf({ stdout }: Ended, lesson = '00-greeting'): string[] {
  const line = stdout.split('\n').find((one) => one.trim().split(/\s+/)[1] === lesson);
  return line?.trim().split(/\s+/) ?? [];
}

/** The text without its line breaks. */
function flat({ stdout }: Ended): string {
  return unwrapped(stdout);
}

function replaceIn(file: string, find: string, put: string): void {
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(find), `${file} has no ${find}`);
  writeFileSync(
    file,
    text.replace(find, () => put),
  );
}

test(
  'a new course passes its self-test, on both kinds of Redis',
  async () => {
    const course = path.join(folder, 'My Course');
    assert.is((await workbook(['course', 'new', course])).code, 0);
    assert.match(readFileSync(path.join(course, 'course.yml'), 'utf8'), /^id: my-course$/m);
    const checked = await workbook(['course', 'check', course]);
    assert.is(checked.code, 0, checked.stdout + checked.stderr);
    const cells = ['1/1', '1/1', '1/1', '1/1', '1/1', '3/3', '2/2', '6/6'];
    assert.equal(rowOf(checked), ['✓', '00-greeting', ...cells]);
    assert.match(flat(checked), '1 of 1 lessons are sound');
  },
  { needs: ['redis-server'] },
);

test('without redis-server, and with --offline, it is said that the real one was not tried', async () => {
  const course = path.join(folder, 'offline');
  await workbook(['course', 'new', course]);
  const asked = await workbook(['course', 'check', course, '--offline']);
  assert.is(asked.code, 0, asked.stdout);
  assert.is(rowOf(asked)[3], '·');
  assert.match(asked.stderr, '--offline');
  const none = await workbook(['course', 'check', course], { env: { PATH: '' } });
  assert.is(none.code, 0, none.stdout);
  assert.match(unwrapped(none.stderr), 'no redis-server on this machine');
});

test('a folder that is not empty is refused', async () => {
  const full = mkdtempSync(path.join(folder, 'full-'));
  writeFileSync(path.join(full, 'mine.txt'), 'mine');
  const refused = await workbook(['course', 'new', full]);
  assert.is(refused.code, 2);
  assert.match(refused.stderr, 'is not empty');
});

test('a starter that passes is named', async () => {
  const ended = await broken((lesson) =>
    cpSync(path.join(lesson, '0-greeting.ts'), path.join(lesson, 'starter/0-greeting.ts')),
  );
  assert.is(ended.code, 1);
  assert.is(rowOf(ended)[2], '0/1');
  assert.match(flat(ended), 'starter/0-greeting.ts: should fail, got passed');
});

test('a worked version that fails is named', async () => {
  const ended = await broken((lesson) =>
    replaceIn(path.join(lesson, '0-greeting.ts'), "'greeting'", "'greetings'"),
  );
  assert.is(ended.code, 1);
  assert.is(rowOf(ended)[4], '0/1');
  assert.match(flat(ended), 'the worked 0-greeting on the embedded Redis: should pass, got');
});

test('a right case that fails is named', async () => {
  const ended = await broken((lesson) =>
    replaceIn(path.join(lesson, 'cases/right/own-line.js'), 'Reply: ', 'Reply '),
  );
  assert.is(ended.code, 1);
  assert.is(rowOf(ended)[5], '0/1');
  assert.match(flat(ended), 'right/own-line.js: should pass, got wrong-output');
});

test('a case that is told another message is named', async () => {
  const ended = await broken((lesson) =>
    replaceIn(path.join(lesson, 'cases/cases.yml'), 'it should hold', 'it must hold'),
  );
  assert.is(ended.code, 1);
  assert.is(rowOf(ended)[6], '0/1');
  assert.match(flat(ended), 'wrong/misspelt.ts: should get wrong-data: ');
  assert.match(flat(ended), 'got wrong-data: The key “greeting” holds “helo”');
});

test('an edit of a text that is not there is named', async () => {
  const ended = await broken((lesson) =>
    replaceIn(path.join(lesson, 'cases/cases.yml'), 'find: "\'hello\'"', 'find: absent'),
  );
  assert.is(ended.code, 1);
  assert.is(rowOf(ended)[6], '0/1');
  assert.match(flat(ended), 'wrong/misspelt.ts: “absent” occurs nowhere in 0-greeting.ts');
});

test('an edit of a text that is there twice is named', async () => {
  const ended = await broken((lesson) =>
    replaceIn(path.join(lesson, 'cases/cases.yml'), 'find: "\'hello\'"', 'find: client'),
  );
  assert.match(flat(ended), 'wrong/misspelt.ts: “client” occurs 2 times in 0-greeting.ts');
});

test('an empty hint is named', async () => {
  const blank = await broken((lesson) =>
    replaceIn(path.join(lesson, 'lesson.md'), 'hints:\n', 'hints:\n  - text: " "\n'),
  );
  assert.is(blank.code, 1);
  assert.is(rowOf(blank)[7], '3/4');
  assert.match(flat(blank), 'hint 1 is empty');
  const empty = await broken((lesson) =>
    replaceIn(path.join(lesson, 'lesson.md'), 'hints:\n', 'hints:\n  - text: ""\n'),
  );
  assert.is(empty.code, 1);
  assert.is(rowOf(empty)[0], '✗');
  assert.match(flat(empty), 'field "hints.0.text"');
});

test('two lessons with one id are named, each in its row', async () => {
  const ended = await broken((lesson, course) => {
    cpSync(lesson, path.join(course, '01-again'), { recursive: true });
    replaceIn(path.join(course, 'course.yml'), '0: 00-greeting', '0: 00-greeting\n  1: 01-again');
  });
  assert.is(ended.code, 1);
  assert.is(rowOf(ended)[8], '0/2');
  assert.is(rowOf(ended, '01-again')[8], '0/2');
  assert.match(flat(ended), '01-again has the id greeting, too');
});

test('a stray file is named, and a lesson that course.yml does not list', async () => {
  const stray = await broken((lesson) =>
    appendFileSync(path.join(lesson, 'cases/wrong-old.ts'), ''),
  );
  assert.is(stray.code, 1);
  assert.is(rowOf(stray)[9], '6/7');
  assert.match(flat(stray), 'cases/wrong-old.ts belongs to nothing');
  const unlisted = await broken((lesson, course) =>
    cpSync(lesson, path.join(course, '09-old'), { recursive: true }),
  );
  assert.is(unlisted.code, 1);
  assert.is(rowOf(unlisted, '09-old')[0], '✗');
  assert.match(flat(unlisted), 'course.yml does not list this lesson');
});

test('what learners install has the lessons without their cases', async () => {
  const project = path.join(__dirname, '../..');
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', '--dry-run', '--json', '--offline', '--ignore-scripts'],
    { cwd: project, maxBuffer: 2 ** 26 },
  );
  const listing = v.array(v.object({ files: v.array(v.object({ path: v.string() })) }));
  const [packed] = v.parse(listing, JSON.parse(stdout));
  const files = packed?.files.map((file) => file.path) ?? [];
  assert.ok(files.includes('lessons/queuing/02-basic-operations/check.ts'));
  assert.ok(files.includes('runner/course/authoring/template/00-greeting/cases/cases.yml'));
  assert.equal(
    files.filter((file) => /^lessons\/[^/]+\/[^/]+\/cases\//.test(file)),
    [],
  );
});

test.run();
