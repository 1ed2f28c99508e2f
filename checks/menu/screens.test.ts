import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { columnsOf } from '../../runner/report/terminal/wrap';
import { learnersOf } from '../support/learner-at-terminal';
import { looksAsRecorded } from '../support/recorded';
import { suite } from '../support/suite';

const test = suite('screens', { needs: ['tmux'] });
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const learner = learnersOf(test);
test.after(() => rmSync(folder, { recursive: true }));

const wrong = "console.log('hello');\nconsole.log('word ');\n";
const right = "console.log('hello');\nconsole.log('world');\n";
/** Prints half of what is asked, and runs on. */
const endless = "console.log('hello');\nsetInterval(() => {}, 1000);\n";

const list = /0 of 3 passed[\s\S]*quit/;
const menu = /Read the lesson[\s\S]*b back/;
const failed = /✗ {2}0[\s\S]*Save /;
const passed = /✓ {2}0[\s\S]*Save /;

test('first start, the lesson, a failing check, a hint, a fix while watching, a pass', async () => {
  const { screen, file } = learner();
  await looksAsRecorded(screen, 'first-start', list);
  screen.press('Enter');
  await looksAsRecorded(screen, 'lesson-menu', menu);
  screen.press('l');
  await looksAsRecorded(screen, 'lesson-text', /b back/);
  screen.press('b');
  await screen.shows(menu);

  writeFileSync(file, wrong);
  screen.press('c');
  await looksAsRecorded(screen, 'check-failed', failed);
  screen.press('h');
  await looksAsRecorded(screen, 'hint', /hint 1 of 3[\s\S]*Save /);
  screen.press('t');
  await looksAsRecorded(screen, 'timeline', /timeline[\s\S]*Save /);
  screen.press('k');
  await looksAsRecorded(screen, 'keys', /keys in Redis[\s\S]*Save /);

  // The save alone closes what is open, and grades.
  writeFileSync(file, right);
  await looksAsRecorded(screen, 'check-passed', passed);
  screen.press('s');
  await looksAsRecorded(screen, 'solution-beside', /yours[\s\S]*Save /);
  screen.press('b');
  await looksAsRecorded(screen, 'check-passed', passed);
  screen.press('n');
  await screen.shows(/1 {2}Set a key[\s\S]*Read the lesson/);
});

test('keys work while a check runs, and a new save cancels it', async () => {
  const { screen, file } = learner({ words: ['watch', '0', '--offline'] });
  await looksAsRecorded(screen, 'watch-start', /Print two lines[\s\S]*Save /);
  writeFileSync(file, endless);
  await screen.shows(/Checking lesson 0, running 0-greeting · 1 program · \d+ commands/);
  screen.press('h');
  await screen.shows(/hint 1 of 2[\s\S]*Checking lesson 0/);
  screen.press('l');
  await screen.shows(/Print two lines[\s\S]*Checking lesson 0/);
  writeFileSync(file, right);
  await looksAsRecorded(screen, 'watch-passed', passed);
  writeFileSync(file, wrong);
  await screen.shows(failed);
  screen.press('q');
  await screen.shows(/\[ended 0\]/);
});

test('the answer and the starter are asked for twice before a pass', async () => {
  const { screen, file, home } = learner();
  await screen.shows(list);
  screen.press('Enter');
  await screen.shows(menu);
  writeFileSync(file, wrong);
  screen.press('c');
  await screen.shows(failed);
  screen.press('s');
  await looksAsRecorded(screen, 'solution-question', /See the answer\?/);
  screen.press('n');
  await screen.shows(failed);
  screen.press('b');
  await screen.shows(menu);
  screen.press('x');
  await looksAsRecorded(screen, 'reset-question', /Put the starter back\?[\s\S]*y yes/);
  screen.press('y');
  await looksAsRecorded(screen, 'reset', /kept as[\s\S]*Enter back/);
  assert.match(readFileSync(file, 'utf8'), /Print hello/);
  assert.ok(existsSync(path.join(home, '.workbook', 'kept')));
});

test('a run, and its evidence', async () => {
  const { screen, file } = learner();
  writeFileSync(file, endless);
  await screen.shows(list);
  screen.press('Enter');
  await screen.shows(menu);
  screen.press('r');
  await screen.shows(/│ hello/);
  screen.press('C-c');
  await screen.shows(/t timeline[\s\S]*Enter back/);
  screen.press('t');
  await looksAsRecorded(screen, 'run-timeline', /timeline[\s\S]*b back/);
  screen.press('b');
  await screen.shows(/│ hello[\s\S]*Enter back/);
  screen.press('k');
  await looksAsRecorded(screen, 'run-keys', /Holberton {2}School[\s\S]*b back/);
  screen.press('b');
  await screen.shows(/│ hello[\s\S]*Enter back/);
  screen.press('i');
  await screen.shows(/127\.0\.0\.1:6379>/);
  screen.press('get Holberton', 'Enter');
  await screen.shows(/"School"/);
});

test('the editor opens the file, and what it saves is checked', async () => {
  const editor = path.join(folder, 'editor.sh');
  writeFileSync(
    editor,
    `#!/bin/sh\nprintf "console.log('hello');\\nconsole.log('world');\\n" > "$1"\n`,
  );
  chmodSync(editor, 0o755);
  const { screen } = learner({ env: { EDITOR: editor, VISUAL: '' } });
  await screen.shows(list);
  screen.press('Enter');
  await screen.shows(menu);
  screen.press('e');
  await screen.shows(passed);
});

test('Ctrl-C in the middle of a check leaves the terminal as it was', async () => {
  const { screen, file } = learner({ words: ['watch', '0', '--offline'] });
  await screen.shows(/Print two lines/);
  writeFileSync(file, endless);
  await screen.shows(/Checking lesson 0/);
  screen.press('C-c');
  const text = await screen.shows(/\[ended 130\]\n[\s\S]*icanon/);
  assert.match(text, / icanon .* echo /);
});

test('at 40 columns nothing is wider, and a new size is drawn at once', async () => {
  const { screen, file } = learner({ columns: 40, rows: 24, env: { NO_COLOR: '1' } });
  writeFileSync(file, wrong);
  await looksAsRecorded(screen, 'narrow-list', list);
  screen.press('Enter');
  await looksAsRecorded(screen, 'narrow-menu', menu);
  screen.press('c');
  await looksAsRecorded(screen, 'narrow-failed', failed);
  assert.ok(
    screen
      .text()
      .split('\n')
      .every((line) => columnsOf(line) <= 40),
  );
  assert.equal(screen.text(true).includes('\x1b['), false);
  screen.press('h');
  await looksAsRecorded(screen, 'narrow-hint', /hint 1 of 3[\s\S]*Save /);
  screen.press('b');
  await screen.shows(failed);
  screen.resize(80, 24);
  await looksAsRecorded(screen, 'resized', failed);
});

for (const [name, options] of [
  ['plain', { words: ['--offline', '--plain'], columns: 60, rows: 60 }],
  ['dumb', { env: { TERM: 'dumb' }, columns: 80, rows: 60 }],
] as const) {
  test(`${name}: one line after another, in words`, async () => {
    const { screen, file } = learner({ ...options, words: [...(options.words ?? ['--offline'])] });
    await looksAsRecorded(screen, `${name}-list`, /Your choice:/);
    writeFileSync(file, wrong);
    screen.press('0', 'Enter');
    await screen.shows(/Check it[\s\S]*Your choice:/);
    screen.press('c', 'Enter');
    await looksAsRecorded(screen, `${name}-failed`, /Enter goes on:/);
    assert.doesNotMatch(screen.text().replaceAll(/[“”’]/g, ''), /[^\x00-\x7f]/);
    screen.press('C-c');
    await screen.shows(/\[ended 130\]/);
  });
}

test.run();
