import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expectAsRecorded } from '../support/recorded';
import { DrivenScreen, type ScreenOptions } from '../support/screen-driver';
import { suite } from '../support/suite';

const test = suite('screens-plain', { needs: ['tmux'], limit: 120_000 });
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let count = 0;
test.after(() => rmSync(folder, { recursive: true }));

const wrong = "console.log('hello');\nconsole.log('word');\n";
const right = "console.log('hello');\nconsole.log('world');\n";

/** A whole session at a terminal that is read aloud: each byte that it was sent. */
async function session(
  options: Omit<ScreenOptions, 'home'>,
  use: (screen: DrivenScreen, file: string) => Promise<void>,
): Promise<string> {
  const home = path.join(folder, String(count++));
  mkdirSync(home);
  const log = path.join(home, 'bytes.log');
  const screen = new DrivenScreen({ rows: 100, ...options, home, log });
  try {
    await use(screen, path.join(home, '0-greeting.ts'));
    await screen.shows(/\[ended \d+\]/);
    return readFileSync(log, 'utf8')
      .replace(/\[ended[\s\S]*/, '')
      .replaceAll(home, 'HOME');
  } finally {
    screen.close();
  }
}

/** What a voice says is said once, in words: no escape, no line drawn over, no row twice. */
function expectSpeech(bytes: string): string[] {
  assert.doesNotMatch(bytes, /\x1b/, 'an escape');
  assert.doesNotMatch(
    bytes.replaceAll('\r\n', '\n'),
    /[\x00-\x09\x0b-\x1f\x7f]/,
    'a control character',
  );
  const lines = bytes
    .replaceAll('\r', '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  assert.ok(
    lines.every((line) => /[\p{L}\p{N}]/u.test(line) || /^\s*(?:\^|\.\.\.)?$/.test(line)),
    'drawing',
  );
  return lines;
}

test('menu, lesson, a wrong check, a right one, the end: each line is said once', async () => {
  const bytes = await session(
    { words: ['--offline'], env: { ACCESSIBLE: '1' } },
    async (screen, file) => {
      await screen.shows(/0: Say hello[\s\S]*Your choice:/);
      writeFileSync(file, wrong);
      screen.press('0', 'Enter');
      await screen.shows(/q: Quit\nYour choice:/);
      screen.press('c', 'Enter');
      await screen.shows(/wrong output[\s\S]*Enter goes on:/);
      writeFileSync(file, right);
      screen.press('c', 'Enter');
      await screen.shows(/passed[\s\S]*Enter goes on:[\s\S]*Enter goes on:/);
      screen.press('q', 'Enter');
    },
  );
  const lines = expectSpeech(bytes);
  const prose = lines.filter((line) => !/^Your choice|^Enter goes on|Redis \d/.test(line));
  // What the learner wrote and what it printed are the same in both checks, and so are the keys.
  const twice = prose.filter((line, at) => prose.indexOf(line) !== at);
  assert.deepEqual(twice, [], 'said twice');
  expectAsRecorded('plain-session', bytes.replaceAll('\r', ''));
});

for (const words of [
  ['list'],
  ['check', '0', '--offline'],
  ['hint', '0'],
  ['show', '0'],
  ['solution', '0', '--beside'],
  ['doctor', '--offline'],
  ['nonsense'],
  ['class', 'grade', 'is-not-there'],
]) {
  test(`${words.join(' ')}: no escape, no drawing`, async () => {
    const plain = words[0] === 'doctor' ? ['doctor'] : words;
    const bytes = await session({ words: plain, env: { ACCESSIBLE: '1' } }, async () => {});
    expectSpeech(bytes);
  });
}

test('the prompt of Redis and watch take lines, and draw nothing', async () => {
  const bytes = await session(
    { words: ['redis', '--offline'], env: { ACCESSIBLE: '1' } },
    async (screen) => {
      await screen.shows(/127\.0\.0\.1:6379> *$/m);
      screen.press('set word hello', 'Enter');
      await screen.shows(/OK/);
      screen.press('exit', 'Enter');
    },
  );
  expectSpeech(bytes);
  const watched = await session(
    { words: ['watch', '0', '--offline'], env: { ACCESSIBLE: '1' } },
    async (screen, file) => {
      await screen.shows(/Waiting for you to save/);
      writeFileSync(file, right);
      await screen.shows(/passed/);
      screen.press('C-c');
    },
  );
  expectSpeech(watched);
});

test('LC_ALL=C: ASCII alone, in menu, verdict, help and errors', async () => {
  const env = { LC_ALL: 'C' };
  for (const words of [
    ['--help'],
    ['nonsense'],
    ['list'],
    ['check', '0', '--offline'],
    ['doctor'],
  ]) {
    const bytes = await session({ words, env }, async () => {});
    assert.doesNotMatch(bytes, /[^\x00-\x7f]/, words.join(' '));
  }
  const bytes = await session({ words: ['--offline'], env }, async (screen, file) => {
    await screen.shows(/Say hello[\s\S]*q quit/);
    screen.press('Enter');
    await screen.shows(/Read the lesson/);
    writeFileSync(file, "console.log('caf\u00e9 𠮷 “x”');\n");
    screen.press('c');
    await screen.shows(/<U\+00E9> <U\+20BB7> <U\+201C>x<U\+201D>[\s\S]*Save /);
    screen.press('q');
    await screen.shows(/Read the lesson/);
    screen.press('q');
  });
  assert.doesNotMatch(bytes, /[^\x00-\x7f]/);
});

test.run();
