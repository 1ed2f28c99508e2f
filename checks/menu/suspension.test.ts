import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DrivenScreen } from '../support/screen-driver';
import { suite } from '../support/suite';

const test = suite('suspension', { needs: ['tmux'], limit: 120_000 });
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let count = 0;
test.after(() => rmSync(folder, { recursive: true }));

interface Job {
  home: string;
  screen: DrivenScreen;
}

/** The workbook as a job of a shell. @param greeting what the learner's first file holds */
async function job(
  words: string[],
  use: (job: Job) => Promise<void>,
  greeting?: string,
): Promise<void> {
  const home = path.join(folder, String(count++));
  mkdirSync(home);
  if (greeting !== undefined) writeFileSync(path.join(home, '0-greeting.ts'), greeting);
  const env = { WORKBOOK_RESULTS: path.join(home, 'results') };
  const screen = new DrivenScreen({ home, words, env, fromShell: true });
  try {
    await use({ home, screen });
  } finally {
    screen.close();
  }
}

/**
 * Presses Ctrl-Z, looks whether the shell has a terminal as it wants it, and lets the workbook go on,
 * in a window that has changed meanwhile.
 */
async function suspend(screen: DrivenScreen, [columns, rows] = [80, 24]): Promise<void> {
  screen.press('C-z');
  await screen.shows(/Stopped/);
  // What is typed is seen only in a terminal that echoes and has its cursor.
  screen.press('clear; stty -a | grep -ow -- "-\\?icanon\\|-\\?echo" | sed s/^/mode:/', 'Enter');
  assert.match(await screen.shows(/^mode:\S+\nmode:/m), /^mode:icanon\nmode:echo$/m);
  assert.ok(screen.hasCursor, 'the cursor is hidden');
  screen.resize(columns ?? 80, rows ?? 24);
  screen.press('clear; fg', 'Enter');
}

const endless = "console.log('hello');\nsetInterval(() => {}, 1000);\n";
/** What it prints goes on, as a sign that the workbook does. */
const ticking = "console.log('hello');\nsetInterval(() => console.log('still here'), 2000);\n";
const right = "console.log('hello');\nconsole.log('world');\n";

test('Ctrl-Z suspends the menu, and fg draws it anew, also in another size', () =>
  job(['--offline'], async ({ screen }) => {
    const before = await screen.shows(/Say hello[\s\S]*q quit/);
    await suspend(screen);
    const after = await screen.shows(/Say hello[\s\S]*q quit/);
    assert.equal(after.trim(), before.slice(before.search(/.*workbook {2}/)).trim());
    screen.press('Enter');
    await screen.shows(/Read the lesson/);
    await suspend(screen, [60, 24]);
    await screen.shows(/minutes · Redis \S+\n?[\s\S]*Read the lesson[\s\S]*b back/);
    screen.press('q');
    await screen.shows(/0 of 3 lessons passed/);
  }));

test('Ctrl-Z suspends the watch screen and a text, and fg draws them anew', () =>
  job(['watch', '0', '--offline'], async ({ screen }) => {
    await screen.shows(/Print two lines/);
    await suspend(screen, [60, 20]);
    await screen.shows(/Print two lines[\s\S]*b close/);
    screen.press('c');
    await screen.shows(/not begun[\s\S]*Save .* to check again/);
    await suspend(screen);
    await screen.shows(/not begun[\s\S]*Save .* to check again/);
    screen.press('q');
    await screen.shows(/bash-\S+[$#]/);
  }));

test('Ctrl-Z while a check runs: the check begins again, and no time limit has passed', () =>
  job(
    ['watch', '0', '--offline'],
    async ({ home, screen }) => {
      await screen.shows(/Checking lesson 0/);
      await suspend(screen);
      await screen.shows(/Checking lesson 0/);
      writeFileSync(path.join(home, '0-greeting.ts'), right);
      await screen.shows(/✓ {2}0[\s\S]*Save /);
      screen.press('q');
      await screen.shows(/bash-\S+[$#]/);
    },
    endless,
  ));

test('Ctrl-Z suspends a run, what was seen of it, and a text about it', () =>
  job(
    ['--offline'],
    async ({ screen }) => {
      await screen.shows(/Say hello[\s\S]*q quit/);
      screen.press('Enter');
      await screen.shows(/Read the lesson/);
      screen.press('r');
      await screen.shows(/│ hello/);
      await suspend(screen);
      await screen.shows(/│ still here/);
      screen.press('C-c');
      await screen.shows(/t timeline[\s\S]*Enter back/);
      await suspend(screen, [60, 24]);
      await screen.shows(/│ hello[\s\S]*t timeline[\s\S]*Enter back/);
      screen.press('t');
      await screen.shows(/timeline[\s\S]*b back/);
      await suspend(screen);
      await screen.shows(/timeline[\s\S]*b back/);
      screen.press('b');
      await screen.shows(/│ hello[\s\S]*Enter back/);
      screen.press('C-c');
      await screen.shows(/bash-\S+[$#]/);
    },
    ticking,
  ));

test('Ctrl-Z suspends the prompt of Redis, and what was typed is there again', () =>
  job(['redis', '--offline'], async ({ screen }) => {
    await screen.shows(/127\.0\.0\.1:6379>/);
    screen.press('set word hel');
    await screen.shows(/> set word hel/);
    await suspend(screen, [60, 24]);
    await screen.shows(/> set word hel/);
    screen.press('lo', 'Enter');
    await screen.shows(/> set word hello\nOK/);
    screen.press('get word', 'Enter');
    await screen.shows(/"hello"/);
    screen.press('exit', 'Enter');
    await screen.shows(/bash-\S+[$#]/);
  }));

test('Ctrl-Z suspends a check whose line turns, which gives its cursor back', () =>
  job(
    ['check', '0', '--offline'],
    async ({ home, screen }) => {
      await screen.shows(/Checking lesson 0, running/);
      await suspend(screen, [60, 24]);
      writeFileSync(path.join(home, '0-greeting.ts'), right);
      await screen.shows(/✓ {2}0 {2}Say hello/);
      await screen.shows(/bash-\S+[$#]/);
      assert.ok(screen.hasCursor, 'the cursor is hidden');
    },
    endless,
  ));

test.run();
