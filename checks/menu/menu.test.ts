import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { columnsOf } from '../../runner/report/terminal/wrap';
import { learnersOf } from '../support/learner-at-terminal';
import { suite } from '../support/suite';

const test = suite('menu', { needs: ['tmux'] });
const learner = learnersOf(test);

const list = /0 of 3 passed[\s\S]*Say hello[\s\S]*quit/;
const lessonMenu = /0 {2}Say hello[\s\S]*Read the lesson[\s\S]*Quit[\s\S]*quit/;

test('first start, a failing check, a fix, a pass, and the next lesson', async () => {
  const { screen, file } = learner();
  const first = await screen.shows(list);
  assert.match(first, /Redis \S+, embedded/);
  screen.press('Enter');
  await screen.shows(lessonMenu);
  screen.press('l');
  await screen.shows(/Print two lines[\s\S]*b back/);
  screen.press('Enter');
  await screen.shows(lessonMenu);

  writeFileSync(file, "console.log('hello');\nconsole.log('word');\n");
  screen.press('c');
  const failed = await screen.shows(/wrong output[\s\S]*Save /);
  assert.match(failed, /wrong output/);
  assert.match(failed, /- world\n.*\+ word/);
  assert.match(failed, /│ word/);
  assert.match(failed, /→ next/);
  screen.press('h');
  await screen.shows(/hint 1 of 3\n[\s\S]*The log of the console/);

  writeFileSync(file, "console.log('hello');\nconsole.log('world');\n");
  screen.press('c');
  screen.press('c');
  await screen.shows(/✓ {2}0 {2}Say hello +passed/);
  screen.press('n');
  await screen.shows(/1 {2}Set a key/);
  screen.press('b');
  assert.match(
    await screen.shows(/1 of 3 passed/),
    /✓ {2}0 {2}Say hello +passed\n❯ · {2}1 {2}Set a key/,
  );
  screen.press('q');
  await screen.shows(/1 of 3 lessons passed[\s\S]*\[ended 0\]/);
});

test('the menu resumes at the lesson that was open', async () => {
  const { screen, restart } = learner();
  await screen.shows(list);
  screen.press('j');
  screen.press('j');
  screen.press('Enter');
  await screen.shows(/2 {2}Two programs[\s\S]*Read the lesson[\s\S]*quit/);
  screen.press('C-c');
  await screen.shows(/\[ended 130\]/);
  assert.match(await restart().shows(list), /❯ · {2}2 {2}Two programs/);
});

test('typing searches, and Escape goes back to the list', async () => {
  const { screen } = learner();
  await screen.shows(list);
  screen.press('/');
  await screen.shows(/Search:[\s\S]*Esc back/);
  screen.press('t');
  screen.press('w');
  const found = await screen.shows(/Search: tw\n(?![\s\S]*Say hello)[\s\S]*Two programs/);
  assert.doesNotMatch(found, /Set a key/);
  screen.press('Escape');
  await screen.shows(list);
  screen.press('2');
  await screen.shows(/Search: 2\n[\s\S]*Two programs/);
  screen.press('Enter');
  await screen.shows(/Two programs[\s\S]*Read the lesson/);
});

test('Ctrl-C ends what runs, and leaves the terminal as it was', async () => {
  const { screen, file, home } = learner();
  const sign = path.join(home, 'sign');
  const pids = createServer().listen(sign);
  // A socket, as a program under check may write no files.
  const pid = async () =>
    Number(String((await once((await once(pids, 'connection'))[0], 'data'))[0]));
  writeFileSync(
    file,
    `require('node:net').connect(${JSON.stringify(sign)}).end(String(process.pid));\nconsole.log('here');\nsetInterval(() => {}, 1000);\n`,
  );
  await screen.shows(list);
  screen.press('Enter');
  await screen.shows(lessonMenu);
  const ran = pid();
  screen.press('r');
  await screen.shows(/│ here/);
  const program = await ran;
  screen.press('C-c');
  await screen.shows(/Enter back/);
  assert.throws(() => process.kill(program, 0), /ESRCH/);

  screen.press('Enter');
  await screen.shows(lessonMenu);
  const checked = pid();
  screen.press('c');
  await screen.shows(/Checking lesson 0/);
  await checked;
  screen.press('C-c');
  const text = await screen.shows(/\[ended 130\]\n[\s\S]*icanon/);
  assert.match(text, / icanon .* echo /);
  pids.close();
});

test('the answer is offered after a question, reset keeps a copy', async () => {
  const { screen, file, home } = learner();
  writeFileSync(file, '// mine\n');
  await screen.shows(list);
  screen.press('Enter');
  await screen.shows(lessonMenu);
  screen.press('s');
  await screen.shows(/See the answer\?[\s\S]*y yes/);
  screen.press('n');
  await screen.shows(lessonMenu);
  screen.press('s');
  await screen.shows(/See the answer\?[\s\S]*y yes/);
  screen.press('y');
  await screen.shows(/console\.log\('hello'\)/);
  screen.press('Enter');
  await screen.shows(lessonMenu);
  screen.press('x');
  await screen.shows(/Put the starter back\?[\s\S]*y yes/);
  screen.press('y');
  await screen.shows(/kept as/);
  assert.match(readFileSync(file, 'utf8'), /Print hello/);
  assert.ok(existsSync(path.join(home, '.workbook', 'kept')));
});

test('at 40 columns no line is wider, and a new size is followed', async () => {
  const { screen } = learner({ columns: 40, rows: 20, env: { NO_COLOR: '1' } });
  const text = await screen.shows(list);
  assert.ok(text.split('\n').every((line) => columnsOf(line) <= 40));
  assert.equal(screen.text(true).includes('\x1b[3'), false);
  screen.press('Enter');
  await screen.shows(lessonMenu);
  screen.resize(80, 24);
  await screen.shows(/0 {2}Say hello {30,}not started/);
  screen.press('q');
  await screen.shows(/\[ended 0\]/);
});

test('in a terminal that is too small the menu and watch say so, and are text', async () => {
  const { screen } = learner({ columns: 39 });
  await screen.shows(/39 columns[\s\S]*From 40 by 10[\s\S]*0: Say hello[\s\S]*Your choice:/);
  const watching = learner({ words: ['watch', '0', '--offline'], rows: 40, columns: 39 });
  await watching.screen.shows(/39 columns[\s\S]*Waiting for you\s+to save/);
});

test('--plain asks and answers in words, line by line', async () => {
  const { screen, file } = learner({ words: ['--offline', '--plain'], columns: 60, rows: 50 });
  await screen.shows(/0: Say hello, not started[\s\S]*Your choice:/);
  writeFileSync(file, "console.log('hello');\nconsole.log('world');\n");
  screen.press('0', 'Enter');
  await screen.shows(/c: Check it[\s\S]*Your choice:/);
  screen.press('c', 'Enter');
  await screen.shows(/passed[\s\S]*Enter goes on:/);
  screen.press('Enter');
  await screen.shows(/Enter goes on:[\s\S]*q: Quit[\s\S]*Your choice:/);
  screen.press('q', 'Enter');
  const text = await screen.shows(/\[ended 0\]/);
  assert.doesNotMatch(text.slice(0, text.indexOf('[ended')), /[^\x00-\x7f]/);
});

test.run();
