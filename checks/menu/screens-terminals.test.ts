import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { columnsOf } from '../../runner/report/terminal/wrap';
import { course, start } from '../support/command-line';
import { learnersOf } from '../support/learner-at-terminal';
import { looksAsRecorded } from '../support/recorded';
import type { DrivenScreen } from '../support/screen-driver';
import { suite } from '../support/suite';

/* The screens of docs/terminals.md, as they were recorded. */

const test = suite('screens-terminals', { needs: ['tmux', 'script'], limit: 120_000 });
const learner = learnersOf(test);

const wrong = "console.log('hello');\nconsole.log('word');\n";
const right = "console.log('hello');\nconsole.log('world');\n";
const list = /of 3 passed[\s\S]*q quit/;
const failed = /0 {2}Say hello[\s\S]*Save /;

function expectWithin(screen: DrivenScreen, columns: number): void {
  const wide = screen
    .text()
    .split('\n')
    .filter((line) => columnsOf(line) > columns);
  assert.deepEqual(wide, []);
}

test('a locale without UTF-8: the list and a verdict in ASCII', async () => {
  const env = { LC_ALL: 'C' };
  const { screen } = learner({ env, files: { '0-greeting.ts': "console.log('caf\u00e9');\n" } });
  await looksAsRecorded(screen, 'ascii-list', list);
  screen.press('Enter');
  await screen.shows(/Read the lesson[\s\S]*b back/);
  screen.press('c');
  await looksAsRecorded(screen, 'ascii-failed', failed);
  assert.doesNotMatch(screen.text(), /[^\x00-\x7f]/);
});

test('a terminal that reports no size is drawn in as in one of 80 columns', () => {
  const { home } = learner();
  // The terminal that script lends has no size where it is not started from one.
  const typed = `node ${start} check 0 --offline`;
  const shown = spawnSync('script', ['-qec', `stty size; exec ${typed}`, '/dev/null'], {
    env: { ...process.env, WORKBOOK_HOME: home, WORKBOOK_LESSONS: course, CI: undefined },
    encoding: 'utf8',
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  assert.match(shown.stdout, /^0 0\r?\n/);
  assert.match(shown.stdout, /\d {2}Say hello/);
  assert.ok(shown.stdout.length < 20_000, `${shown.stdout.length} characters`);
});

test('no colours: each state of a lesson by its sign and its words', async () => {
  const env = { NO_COLOR: '1' };
  const files = { '0-greeting.ts': right, '1-key.ts': "console.log('not yet');\n" };
  const { screen } = learner({ env, files });
  await screen.shows(list);
  for (const number of ['0', '1']) {
    screen.press(number);
    await screen.shows(/Search/);
    screen.press('Enter');
    await screen.shows(/Read the lesson[\s\S]*b back/);
    screen.press('c');
    await screen.shows(/[✓✗] {2}\d {2}[\s\S]*Save /);
    screen.press('b');
    await screen.shows(/Read the lesson[\s\S]*b back/);
    screen.press('b');
    await screen.shows(list);
  }
  await looksAsRecorded(screen, 'signs-list', list);
  assert.doesNotMatch(screen.text(true), /\x1b\[/);
});

test('letters of two columns, none and of another direction line up in a verdict', async () => {
  const { screen } = learner({
    words: ['watch', '0', '--offline'],
    rows: 30,
    files: {
      '0-greeting.ts': "console.log('𠮷野家 cafe\u0301 \u202eabc');\nconsole.log('wörld\u200b');\n",
    },
  });
  await screen.shows(failed);
  await looksAsRecorded(screen, 'letters-failed', failed);
  expectWithin(screen, 80);
});

test('Ctrl-Z: a shell as it was, and after fg the list', async () => {
  const { screen } = learner({ fromShell: true });
  await screen.shows(list);
  screen.press('C-z');
  await screen.shows(/Stopped/);
  screen.press("PS1='shell$ '; clear; jobs -s | wc -l", 'Enter');
  await looksAsRecorded(screen, 'suspended', /1\nshell\$/);
  assert.ok(screen.hasCursor, 'the cursor is hidden');
  screen.press('clear; fg', 'Enter');
  await looksAsRecorded(screen, 'resumed', list);
});

test('thirty columns and nine rows: text, one thing below the other', async () => {
  const { screen } = learner({ columns: 30, rows: 9, files: { '0-greeting.ts': wrong } });
  await screen.shows(/Your choice:/);
  await looksAsRecorded(screen, 'small-list', /Your choice:/);
  screen.press('0', 'Enter');
  await screen.shows(/Quit\nYour choice:/);
  screen.press('c', 'Enter');
  await looksAsRecorded(screen, 'small-failed', /Enter goes on:/);
  expectWithin(screen, 30);
  screen.press('q', 'Enter');
  await screen.shows(/\[ended 0\]/);
});

test.run();
