import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DrivenScreen } from '../support/screen-driver';
import { suite } from '../support/suite';

/* The page in the browser beside the menu. */

const test = suite('screens: the page beside the menu', { needs: ['tmux'] });
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
// Without a display no browser is started.
const screen = new DrivenScreen({
  home: folder,
  columns: 100,
  words: ['--offline'],
  env: { DISPLAY: '', WAYLAND_DISPLAY: '' },
});
test.after(() => {
  screen.close();
  rmSync(folder, { recursive: true });
});

const list = /0 of 3 passed[\s\S]*o browser/;
const shown = /\?token=\S+[\s\S]*as long as this menu is[\s\S]*b back/;

test('o says where it is, and it is there until the menu ends', async () => {
  await screen.shows(list);
  screen.press('o');
  await screen.shows(shown);
  const url = addressOn(screen);
  assert.equal((await fetch(url, { redirect: 'manual' })).status, 303);
  screen.press('b');
  await screen.shows(list);
  assert.equal((await fetch(url, { redirect: 'manual' })).status, 303);
  screen.press('o');
  await screen.shows(shown);
  assert.equal(addressOn(screen), url);
  screen.press('b');
  await screen.shows(list);
  screen.press('q');
  await screen.shows(/\[ended 0\]/);
  await assert.rejects(fetch(url));
});

test.run();

function addressOn(shownOn: DrivenScreen): string {
  return /http:\S+/.exec(shownOn.text())?.[0] ?? '';
}
