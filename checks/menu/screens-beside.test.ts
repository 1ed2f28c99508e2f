import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { besideWords, codeProgram } from '../../runner/commands/open-beside';
import { Session } from '../../runner/commands/session';
import { shellWords } from '../../runner/commands/shell-words';
import { workbook } from '../support/command-line';
import { learnersOf } from '../support/learner-at-terminal';
import { ScreenGrid } from '../support/screen-grid';
import { suite } from '../support/suite';

/** A lesson's file that opens by itself beside the workbook. */
const test = suite('screens-beside');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const learner = learnersOf(test);
let count = 0;
test.after(() => rmSync(folder, { recursive: true }));

/** Programs that write down what they were given, a start a line. */
function programs(...names: string[]) {
  const bin = path.join(folder, `bin-${count++}`);
  const log = path.join(bin, 'log');
  mkdirSync(bin);
  for (const name of names) {
    const file = path.join(bin, name);
    writeFileSync(file, `#!/bin/sh\n{ printf %s ${name}; printf '|%s' "$@"; echo; } >> '${log}'\n`);
    chmodSync(file, 0o755);
  }
  return {
    bin,
    env: { PATH: `${bin}:${process.env.PATH}` },
    // The last line is whole when it has its end.
    starts: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []),
  };
}

/** A learner at a terminal who watches lesson 0. */
function watching(words: string[], env: Record<string, string>) {
  return learner({ env, words: ['watch', '0', '--offline', ...words] });
}

/** Waits for so many starts. */
async function waitForStarts(starts: () => string[], wanted: number): Promise<string[]> {
  const end = performance.now() + 20_000;
  while (starts().length < wanted && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  return starts();
}

const reading = /Print two lines[\s\S]*Save /;
const failed = /✗ {2}0[\s\S]*Save /;
const needs = { needs: ['tmux' as const] };

test(
  'in VS Code’s terminal the file opens there, once, and not at each check',
  async () => {
    const { env, starts } = programs('code');
    const { screen, file } = watching([], { ...env, TERM_PROGRAM: 'vscode' });
    await screen.shows(reading);
    assert.deepEqual(await waitForStarts(starts, 1), [`code|--reuse-window|${file}`]);
    writeFileSync(file, "console.log('other');\n");
    await screen.shows(failed);
    assert.equal(starts().length, 1);
  },
  needs,
);

test(
  'in Zellij it opens in a pane',
  async () => {
    const { env, starts } = programs('zellij');
    const { file } = watching([], { ...env, ZELLIJ: '0' });
    assert.deepEqual(await waitForStarts(starts, 1), [`zellij|edit|${file}`]);
  },
  needs,
);

test(
  '--no-edit leaves it, and so does any other terminal',
  async () => {
    const { env, starts } = programs('code', 'zellij');
    const asked = watching(['--no-edit'], { ...env, TERM_PROGRAM: 'vscode', ZELLIJ: '0' });
    const elsewhere = watching([], { ...env, TERM_PROGRAM: 'WezTerm' });
    await asked.screen.shows(reading);
    await elsewhere.screen.shows(reading);
    assert.deepEqual(starts(), []);
  },
  needs,
);

test(
  '--edit-cmd opens it, also by e, at the line of the finding',
  async () => {
    const { env, starts } = programs('code', 'my-editor');
    const { screen, file } = watching(['--edit-cmd', "my-editor '--at {line}' {file} last"], {
      ...env,
      TERM_PROGRAM: 'vscode',
    });
    await screen.shows(reading);
    assert.deepEqual(await waitForStarts(starts, 1), [`my-editor|--at 1|${file}|last`]);
    writeFileSync(file, "console.log('hello');\nconsole.log('word');\n");
    await screen.shows(failed);
    screen.press('e');
    assert.equal((await waitForStarts(starts, 2))[1], `my-editor|--at 2|${file}|last`);
  },
  needs,
);

test(
  'a command that does not start is told on the screen, which goes on',
  async () => {
    const { screen, file } = watching(['--edit-cmd', 'no-such-editor'], {});
    await screen.shows(/"no-such-editor" does not start[\s\S]*Print two lines/);
    writeFileSync(file, "console.log('other');\n");
    await screen.shows(failed);
    screen.press('e');
    await screen.shows(/"no-such-editor" does not start/);
  },
  needs,
);

test('of the kin of VS Code that opens whose terminal it is, or else what is on PATH', () => {
  const { bin } = programs('cursor', 'codium');
  const both = programs('code', 'codium').bin;
  const at = (PATH: string, more: NodeJS.ProcessEnv = {}) =>
    codeProgram({ TERM_PROGRAM: 'vscode', PATH, ...more });
  assert.equal(at(bin), 'codium');
  assert.equal(at(bin, { CURSOR_TRACE_ID: '1' }), 'cursor');
  assert.equal(at(both), 'code');
  assert.equal(at(both, { VSCODE_GIT_ASKPASS_NODE: '/usr/share/codium/codium' }), 'codium');
  assert.equal(at('/nowhere'), undefined);
  assert.equal(codeProgram({ PATH: both }), undefined);
});

test('a line goes along where it is known', () => {
  const { bin } = programs('code');
  const words = (env: NodeJS.ProcessEnv, editCmd?: string[]) =>
    besideWords(
      new Session(editCmd ? { editCmd } : {}, new ScreenGrid().streams, AbortSignal.any([]), env),
      '/w/a b.ts',
      7,
    );
  assert.deepEqual(words({ TERM_PROGRAM: 'vscode', PATH: bin }), [
    ...['code', '--reuse-window', '--goto', '/w/a b.ts:7'],
  ]);
  assert.deepEqual(words({ ZELLIJ: '0' }), ['zellij', 'edit', '--line-number', '7', '/w/a b.ts']);
  assert.deepEqual(words({}, ['ed', '+{line}']), ['ed', '+7', '/w/a b.ts']);
  assert.equal(words({}), undefined);
});

test('a command is split as a shell would split it', () => {
  assert.deepEqual(shellWords(' a  "b c"d \'e "f\' g\\ h "" ', 'linux'), [
    ...['a', 'b cd', 'e "f', 'g h', ''],
  ]);
  assert.deepEqual(shellWords('"C:\\My Apps\\ed.exe" C:\\x\\', 'win32'), [
    ...['C:\\My Apps\\ed.exe', 'C:\\x\\'],
  ]);
  assert.equal(shellWords('a "b', 'linux'), undefined);
  assert.deepEqual(shellWords('  ', 'linux'), []);
});

test('an --edit-cmd that is no command is a mistake of the command line', async () => {
  for (const given of ['', '"open']) {
    const { code, stderr } = await workbook(['watch', '--edit-cmd', given]);
    assert.equal(code, 2);
    assert.match(stderr, /is no command/);
  }
});

test.run();
