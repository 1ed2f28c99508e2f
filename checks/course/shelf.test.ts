import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import * as assert from 'uvu/assert';
import { run } from '../../runner/commands/run/run';
import { Session } from '../../runner/commands/session';
import { Shelf } from '../../runner/course/shelf';
import { workbook } from '../support/command-line';
import { ScreenGrid } from '../support/screen-grid';
import { suite } from '../support/suite';

/* Two courses in one workbook: how a lesson is named, and whose files a folder holds. */

const test = suite('shelf');
const home = mkdtempSync(path.join(os.tmpdir(), 'shelf-'));
const env = { WORKBOOK_LESSONS: '', WORKBOOK_HOME: path.join(home, 'workspace') };
test.after(() => rmSync(home, { recursive: true }));
const shelf = new Shelf(undefined, {});
const [first, second] = shelf.courses;

function found(word: string): string {
  const { lesson } = shelf.find(word, shelf.first);
  return `${lesson.course} ${lesson.number}`;
}

test('a number is of the first course, NAME/N of another, and a file of whichever has it', () => {
  assert.equal(
    ['1', 'today/1', 'today-client', 'today-worker.js', '0-redis_client', 'queuing/5'].map(found),
    ['queuing 1', 'today 1', 'today 1', 'today 5', 'queuing 1', 'queuing 5'],
  );
  assert.throws(() => found('today/99'), /There is no lesson "today\/99"/);
  assert.throws(() => found('today-cleint'), /There is no lesson/);
});

test('a lesson says its name as it is to be typed', () => {
  const names = [first?.lessons[1], second?.lessons[0]].map((one) => one && shelf.addressOf(one));
  assert.equal(names, ['1', 'today/1']);
});

test('a lesson knows its twins in both directions', () => {
  const twins = (word: string) =>
    shelf.twinsOf(shelf.find(word, shelf.first).lesson).map((one) => shelf.addressOf(one));
  assert.equal([twins('today/1'), twins('1')], [['1'], ['today/1']]);
});

test('a folder is graded by the courses whose files it holds', async () => {
  const lay = (name: string, ...files: string[]) => {
    const at = path.join(home, name);
    mkdirSync(at);
    for (const file of files)
      cpSync(shelf.find(file, shelf.first).lesson.folder, at, { recursive: true });
    return at;
  };
  const graded = async (dir: string) => {
    const { stdout } = await workbook(['check', '--json', '--offline', '--dir', dir], { env });
    const { lessons }: { lessons: { course: string; verdict: string }[] } = JSON.parse(stdout);
    return lessons
      .filter(({ verdict }) => verdict !== 'missing')
      .map(({ course, verdict }) => `${course} ${verdict}`);
  };
  assert.equal(await graded(lay('new', 'today-client')), ['today passed']);
  assert.equal(await graded(lay('old', '0-redis_client')), ['queuing passed']);
  assert.equal(await graded(lay('both', '0-redis_client', 'today-client')), [
    'queuing passed',
    'today passed',
  ]);
});

test('what a run says to type next names the lesson with its course', async () => {
  process.env.WORKBOOK_HOME = env.WORKBOOK_HOME;
  const errors = new PassThrough();
  let said = '';
  errors.on('data', (text) => {
    said += text;
  });
  const streams = { ...new ScreenGrid().streams, errors: errors as unknown as NodeJS.WriteStream };
  const options = { solution: true, offline: true };
  const session = new Session(options, streams, new AbortController().signal, { TERM: 'xterm' });
  assert.is(await run(session, ['today/1']), 0);
  assert.match(said, / redis today\/1\n/);
});

test('watch without a terminal grades a lesson of any course by its own course', async () => {
  const home = path.join(env.WORKBOOK_HOME, '../watched');
  mkdirSync(home);
  const { folder } = shelf.find('today/1', shelf.first).lesson;
  cpSync(path.join(folder, 'today-client.ts'), path.join(home, 'today-client.ts'));
  const { stdout } = await workbook(['watch', 'today/1', '--offline'], {
    env: { ...env, WORKBOOK_HOME: home },
    onOutput: (text, child) => {
      if (/passed|failed|missing/.test(text)) child.kill('SIGINT');
    },
  });
  assert.match(stdout, / passed /);
});

test('the list shows both courses, and help says how their lessons are named', async () => {
  const list = await workbook(['list'], { env });
  for (const { title } of shelf.courses) assert.match(list.stdout, title);
  const help = await workbook(['--help'], { env });
  assert.match(help.stdout, 'today/1');
});

test.run();
