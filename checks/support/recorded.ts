import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DrivenScreen } from './screen-driver';

/*
 * Screens as they were recorded, in checks/screens. To record them anew, after a change that is
 * meant to be seen:
 *   WORKBOOK_RECORD=1 node -r ./runner/hook.cjs checks/screens.test.ts
 * and read the difference before it is committed.
 */

const folder = path.join(__dirname, '../screens');
const recording = process.env.WORKBOOK_RECORD !== undefined;

/** How long a screen may take to become the recorded one, in milliseconds. */
const deadline = 20_000;

/** How long a screen must stand still to be recorded, in milliseconds. */
const still = 1000;

/**
 * Waits until a screen is as it was recorded, times, versions and dates apart.
 * @param name of the file in checks/screens, without its ending
 * @param ready what a screen shows when it is complete, for recording it
 * @throws with the difference, when that takes too long
 */
export async function looksAsRecorded(
  screen: DrivenScreen,
  name: string,
  ready: RegExp,
): Promise<void> {
  const file = path.join(folder, `${name}.txt`);
  if (recording) return record(screen, file, ready);
  assert.ok(existsSync(file), `${file} was never recorded`);
  const expected = readFileSync(file, 'utf8');
  const end = Date.now() + deadline;
  let seen = normal(screen.text());
  while (seen !== expected && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    seen = normal(screen.text());
  }
  assert.equal(seen, expected, `the screen is not as recorded in ${name}.txt`);
}

/**
 * Compares a text with the recorded one, times, versions and dates apart.
 * @param name of the file in checks/screens, without its ending
 * @throws with the difference
 */
export function expectAsRecorded(name: string, text: string): void {
  const file = path.join(folder, `${name}.txt`);
  if (recording) writeFileSync(file, normal(text));
  assert.ok(existsSync(file), `${file} was never recorded`);
  assert.equal(
    normal(text),
    readFileSync(file, 'utf8'),
    `the text is not as recorded in ${name}.txt`,
  );
}

async function record(screen: DrivenScreen, file: string, ready: RegExp): Promise<void> {
  await screen.shows(ready);
  let text = '';
  let since = Date.now();
  while (Date.now() - since < still) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    const now = normal(screen.text());
    if (now !== text) since = Date.now();
    text = now;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
}

/** Without what differs from run to run. */
function normal(text: string): string {
  return (
    text
      .replace(/ {2,}(passed|failed|missing) {2}[\d.]+ m?s$/gm, '  $1  TIME')
      // What holds programs while the tests run is chosen by who runs them.
      .replace(/; programs (behind walls|held by nothing)$/gm, '')
      .replace(/ *Redis \d\S*, (\S+)/g, '  Redis VERSION, $1')
      .replace(/\d{4}-\d\d-\d\dT[\d-]+/g, 'DATE')
      .replace(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] (Checking [^,\n]*).*$/gm, '* $1')
      // The first column of a timeline.
      .replace(/^(?=[ \d]{7} {2}\S) *\d+ {2}/gm, '      #  ')
      .replace(/^ *Your files are in [\s\S]*? there\.$/m, '  Your files are in HOME.')
      .replace(/[ \n]+$/, '\n')
  );
}
