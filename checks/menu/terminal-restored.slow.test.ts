import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { course, start } from '../support/command-line';
import { suite } from '../support/suite';

const test = suite('terminal restored', { needs: ['tmux'] });

/*
 * Whatever signal ends the workbook, the terminal is as it was: its modes, its main screen, its
 * cursor; and the exit code tells the signal.
 */

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-terminal-'));
const server = `workbook-terminal-${process.pid}`;

test.after(() => {
  spawnSync('tmux', ['-L', server, 'kill-server']);
  rmSync(folder, { recursive: true, force: true });
});

/** How long a screen may take to show something, in ms. */
const patience = 60_000;

const tmux = (...words: string[]) =>
  execFileSync('tmux', ['-L', server, ...words], { encoding: 'utf8' });

const cases = [
  ['the menu', '', /Say hello/, 'TERM', 143],
  ['the menu', '', /Say hello/, 'HUP', 129],
  ['watch', 'watch 0', /Say hello[\s\S]*greeting/, 'TERM', 143],
  ['watch', 'watch 0', /Say hello[\s\S]*greeting/, 'INT', 130],
  ['a run', 'run 0', /here/, 'HUP', 129],
  ['the prompt of Redis', 'redis', /127\.0\.0\.1:6379>/, 'TERM', 143],
  ['the prompt of Redis', 'redis', /127\.0\.0\.1:6379>/, 'HUP', 129],
] as const;

for (const [at, [what, words, ready, signal, code]] of cases.entries()) {
  test(`${signal} in ${what} leaves the terminal as it was`, async () => {
    const home = path.join(folder, String(at));
    const [before, after] = ['before', 'after'].map((one) => `${home}.${one}`);
    const name = `case-${at}`;
    execFileSync('mkdir', ['-p', home]);
    writeFileSync(
      path.join(home, '0-greeting.ts'),
      "console.log('here');\nsetInterval(() => {}, 1000);\n",
    );
    // `exec` in a subshell: its process id is the workbook's.
    const line = `stty -a > ${before}; sh -c 'echo $$ > ${home}.pid; exec env WORKBOOK_HOME=${home} WORKBOOK_LESSONS=${course} ${process.execPath} ${start} --offline ${words}'; code=$?; stty -a > ${after}; echo "[ended $code]"; exec cat`;
    const ordered = words === '' ? line : line.replace(`--offline ${words}`, `${words} --offline`);
    tmux('-f', '/dev/null', 'new-session', '-d', '-s', name, '-x', '90', '-y', '30', ordered);
    await shows(name, ready);
    process.kill(Number(readFileSync(`${home}.pid`, 'utf8')), `SIG${signal}`);
    await shows(name, new RegExp(`\\[ended ${code}\\]`));
    assert.equal(readFileSync(String(after), 'utf8'), readFileSync(String(before), 'utf8'));
    const state = tmux('display-message', '-p', '-t', name, '#{alternate_on} #{cursor_flag}');
    assert.equal(state.trim(), '0 1');
    tmux('kill-session', '-t', name);
  });
}

async function shows(name: string, expected: RegExp): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    const text = tmux('capture-pane', '-p', '-t', name);
    if (expected.test(text)) return;
    assert.ok(performance.now() < end, `${expected} never came; there is:\n${text}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

test.run();
