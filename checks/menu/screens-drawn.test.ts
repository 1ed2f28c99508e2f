import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Options, Session } from '../../runner/commands/session';
import { page } from '../../runner/menu/pager';
import { WatchScreen } from '../../runner/menu/watch-screen';
import { course } from '../support/command-line';
import { ScreenGrid } from '../support/screen-grid';
import { suite } from '../support/suite';

const test = suite('screens-drawn');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
process.env.WORKBOOK_LESSONS = course;
let count = 0;
test.after(() => rmSync(folder, { recursive: true }));

const wrong = "console.log('hello');\nconsole.log('word ');\n";
const endless = "console.log('hello');\nsetInterval(() => {}, 1000);\n";

/** A session at a terminal without a process behind it, and what ends it. */
async function seat(columns = 80, rows = 24, options: Options = { offline: true }) {
  const home = path.join(folder, String(count++));
  mkdirSync(home);
  process.env.WORKBOOK_HOME = home;
  const grid = new ScreenGrid(columns, rows);
  const end = new AbortController();
  const session = new Session(options, grid.streams, end.signal, { TERM: 'xterm', EDITOR: 'true' });
  const [lesson] = session.lessons;
  assert.ok(lesson && session.workspace);
  await session.redis();
  return { grid, session, lesson, file: path.join(home, '0-greeting.ts') };
}

/** No write leaves an empty screen, not even for the blink of an eye. */
function neverBlank({ pictures }: ScreenGrid): void {
  assert.ok(pictures.length > 0);
  assert.deepEqual(
    pictures.flatMap((text, at) => (text.trim() === '' ? [at] : [])),
    [],
    'these writes left the screen empty',
  );
}

for (const [columns, rows] of [
  [80, 24],
  [40, 20],
] as const) {
  test(`at ${columns} by ${rows} the watch screen is never empty, whatever is pressed`, async () => {
    const { grid, session, lesson, file } = await seat(columns, rows);
    const watching = new WatchScreen(session, lesson, { reads: true, quits: true }).show();
    await grid.shows(/Print two lines/);
    writeFileSync(file, endless);
    await grid.shows(/hello/);
    for (const key of ['h', 'l', 'h', 's', 'n', 'h', 'l']) grid.input.write(key);
    await grid.shows(/Print two lines/);
    writeFileSync(file, wrong);
    await grid.shows(/✗ {2}0/);
    for (const key of ['h', 't', 'k', 'h', 'e', 'h', 's', 'y', 'h', 'b', 'q'])
      grid.input.write(key);
    assert.equal(await watching, 'q');
    neverBlank(grid);
    assert.deepEqual(grid.cut, [], 'these rows ran over the edge of the screen');
  });
}

test('a remark stays on the watch screen until the next save', async () => {
  const { grid, session, lesson, file } = await seat();
  const watching = new WatchScreen(session, lesson, { reads: true, quits: true }).show();
  await grid.shows(/Print two lines/);
  session.note('Your progress could not be written.');
  grid.input.write('h');
  await grid.shows(/could not be written[\s\S]*hint 1/);
  writeFileSync(file, wrong);
  await grid.shows(/✗ {2}0/);
  assert.doesNotMatch(grid.text, /could not be written/);
  grid.input.write('q');
  await watching;
});

test('a folder that is moved away is missed, not made again, and found when it is back', async () => {
  const { grid, session, lesson, file } = await seat();
  const home = path.dirname(file);
  const watching = new WatchScreen(session, lesson, { reads: true, quits: true }).show();
  await grid.shows(/Print two lines/);
  renameSync(home, `${home}-away`);
  grid.input.write('c');
  await grid.shows(/is not there any more/);
  assert.ok(!existsSync(home));
  mkdirSync(home);
  writeFileSync(file, wrong);
  await grid.shows(/✗ {2}0/);
  grid.input.write('q');
  await watching;
});

test('a text that takes its time is waited for before a screen that says so', async () => {
  const { grid, session } = await seat();
  let come: (text: string) => void = () => {};
  const reading = page(session, () => new Promise((resolve) => (come = resolve)));
  await grid.shows(/One moment[\s\S]*b back/);
  come('the text');
  await grid.shows(/the text[\s\S]*b back/);
  grid.input.write('b');
  assert.equal(await reading, 'b');
  neverBlank(grid);
});

test('keys that come before the text does are kept for it', async () => {
  const { grid, session } = await seat();
  let come: (text: string) => void = () => {};
  const reading = page(session, () => new Promise((resolve) => (come = resolve)));
  grid.input.write('jc');
  await grid.shows(/One moment/);
  come('the text');
  assert.equal(await reading, 'c');
});

test.run();
