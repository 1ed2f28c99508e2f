import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DrivenScreen } from '../support/screen-driver';
import { suite } from '../support/suite';

const test = suite('suspension', { needs: ['tmux'] });
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let count = 0;
test.after(() => rmSync(folder, { recursive: true }));

/** The workbook as a job of a shell. */
async function job(words: string[], use: (screen: DrivenScreen) => Promise<void>): Promise<void> {
  const home = path.join(folder, String(count++));
  mkdirSync(home);
  const screen = new DrivenScreen({ home, words: [...words, '--offline'], fromShell: true });
  try {
    await use(screen);
  } finally {
    screen.close();
  }
}

/** Presses Ctrl-Z, and looks whether the shell has a terminal as it wants it. */
async function suspend(screen: DrivenScreen): Promise<void> {
  screen.press('C-z');
  await screen.shows(/Stopped/);
  // What is typed is seen only in a terminal that echoes and has its cursor.
  screen.press('clear; stty -a | grep -ow -- "-\\?icanon" | sed s/^/mode:/', 'Enter');
  await screen.shows(/^mode:icanon/m);
  screen.press('clear; fg', 'Enter');
}

test('Ctrl-Z suspends the menu, and fg draws it anew', () =>
  job([], async (screen) => {
    const before = await screen.shows(/Say hello[\s\S]*q quit/);
    await suspend(screen);
    const after = await screen.shows(/Say hello[\s\S]*q quit/);
    assert.equal(after.trim(), before.slice(before.search(/.*workbook {2}/)).trim());
    screen.press('Enter');
    await screen.shows(/Read the lesson/);
    await suspend(screen);
    await screen.shows(/Read the lesson[\s\S]*b back/);
    screen.press('q');
    await screen.shows(/0 of 3 lessons passed/);
  }));

test('Ctrl-Z suspends the watch screen and a text, and fg draws them anew', () =>
  job(['watch', '0'], async (screen) => {
    await screen.shows(/Print two lines/);
    await suspend(screen);
    await screen.shows(/Print two lines[\s\S]*b close/);
    screen.press('c');
    await screen.shows(/not begun[\s\S]*Save .* to check again/);
    await suspend(screen);
    await screen.shows(/not begun[\s\S]*Save .* to check again/);
    screen.press('q');
    await screen.shows(/bash-\S+[$#]/);
  }));

test.run();
